/** A memory cannot hold more samples than there are, nor a step use more than the memory holds. */
import { specError } from '../spec-diagnostic';
import type { SpecDiagnostic } from '../spec-diagnostic';
import type { LegFact } from '../spec-facts';
import { plural } from '../words';
import type { Rule, RuleContext } from './rule';

export const memorySize: Rule = (context) =>
  context.facts.legs.flatMap((leg) => [...memory(context, leg), ...samples(context, leg)]);

/** Training samples of all kept data sets together, where all of them are known. */
function available({ known }: RuleContext, leg: LegFact): number | undefined {
  const counts = leg.kept.map(({ name }) => known.get(name)?.trainCount);
  if (counts.length === 0 || counts.includes(undefined)) return undefined;
  return counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
}

function memory(context: RuleContext, leg: LegFact): SpecDiagnostic[] {
  const wanted = leg.keep['memory'];
  const there = available(context, leg);
  if (typeof wanted !== 'number' || there === undefined || wanted <= there) return [];
  const message = `The memory asks for ${plural(wanted, 'sample')}, but the kept data has only ${there.toLocaleString('en')} for training. All of them are kept; write ${there} or less.`;
  const range = context.document.rangeOf(`${leg.pointer}/keep/memory`);
  return [specError('fip/memory-too-large', range, message, { severity: 'warning' })];
}

/** Only what the user wrote is judged: the default is cut to the memory without a word. */
function samples(context: RuleContext, leg: LegFact): SpecDiagnostic[] {
  const pointer = `${leg.pointer}/solver/samples`;
  const wanted = leg.solver['samples'];
  const there = leg.keep['memory'] ?? available(context, leg);
  if (typeof wanted !== 'number' || typeof there !== 'number') return [];
  if (wanted <= there || !context.document.has(pointer)) return [];
  const message = `A step asks for ${plural(wanted, 'sample')}, but the memory holds ${there.toLocaleString('en')}. All of them are used; write ${there} or less, or a larger \`memory\`.`;
  const range = context.document.rangeOf(pointer);
  return [specError('fip/samples-too-large', range, message, { severity: 'warning' })];
}
