/** A memory cannot hold more samples than there are, nor a step use more than the memory holds. */
import { isRecord } from '../schema-node';
import { specError } from '../spec-diagnostic';
import type { SpecDiagnostic } from '../spec-diagnostic';
import type { LegFact } from '../spec-facts';
import { plural } from '../words';
import type { Rule, RuleContext } from './rule';

export const memorySize: Rule = (context) =>
  context.facts.legs.flatMap((leg) => [...memory(context, leg), ...samples(context, leg)]);

/** Training samples of all kept data sets together, where all of them are known. */
const available = ({ known }: RuleContext, { kept }: LegFact): number | undefined =>
  total(kept.map(({ name }) => known.get(name)?.trainCount));

/** The sum of numbers, where there are any and all are known. */
function total(counts: readonly (number | undefined)[]): number | undefined {
  if (counts.length === 0 || counts.includes(undefined)) return undefined;
  return counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
}

function memory(context: RuleContext, leg: LegFact): SpecDiagnostic[] {
  const wanted = leg.keep['memory'];
  if (isRecord(wanted)) return perClass(context, leg, wanted['per_class']);
  const there = available(context, leg);
  if (typeof wanted !== 'number' || there === undefined || wanted <= there) return [];
  const message = `The memory asks for ${plural(wanted, 'sample')}, but the kept data has only ${there.toLocaleString('en')} for training. All of them are kept; write ${there} or less.`;
  return [tooLarge(context, `${leg.pointer}/keep/memory`, message)];
}

/** How the samples spread over classes is known once they are read; what is certain is that no class has more than all. */
function perClass(context: RuleContext, leg: LegFact, wanted: unknown): SpecDiagnostic[] {
  if (typeof wanted !== 'number') return [];
  const short = leg.kept.find(({ name }) => wanted > (context.known.get(name)?.trainCount ?? NaN));
  if (!short) return [];
  const there = context.known.get(short.name)?.trainCount ?? 0;
  const message = `The memory asks for ${plural(wanted, 'sample')} of each class, but \`${short.name}\` has only ${there.toLocaleString('en')} of all classes for training. All of them are kept; write a smaller number.`;
  return [tooLarge(context, `${leg.pointer}/keep/memory/per_class`, message)];
}

function tooLarge({ document }: RuleContext, pointer: string, message: string): SpecDiagnostic {
  const range = document.rangeOf(pointer);
  return specError('fip/memory-too-large', range, message, { severity: 'warning' });
}

/** Only what the user wrote is judged: the default is cut to the memory without a word. */
function samples(context: RuleContext, leg: LegFact): SpecDiagnostic[] {
  const pointer = `${leg.pointer}/solver/samples`;
  const wanted = leg.solver['samples'];
  // Samples that are augmented may come several times.
  const there = leg.keep['augment'] === undefined ? mostInMemory(context, leg) : undefined;
  if (typeof wanted !== 'number' || there === undefined) return [];
  const share = poolShare(leg);
  if ((1 - share) * wanted <= there || !context.document.has(pointer)) return [];
  const most = Math.floor(there / (1 - share));
  const ofMemory = Math.round((1 - share) * wanted);
  const part = share > 0 ? `, ${ofMemory.toLocaleString('en')} of them from the memory` : '';
  const message = `A step asks for ${plural(wanted, 'sample')}${part}, but the memory holds ${there.toLocaleString('en')}${isRecord(leg.keep['memory']) ? ' at most' : ''}. All of them are used; write ${most} or less, or a larger \`memory\`.`;
  const range = context.document.rangeOf(pointer);
  return [specError('fip/samples-too-large', range, message, { severity: 'warning' })];
}

/** Part of a step's samples that the pool gives. */
function poolShare({ keep }: LegFact): number {
  const pool = keep['pool'];
  const share = isRecord(pool) ? pool['share'] : undefined;
  return typeof share === 'number' && share > 0 && share < 1 ? share : 0;
}

/** What the memory holds at most, as far as it can be known. */
export function mostInMemory(context: RuleContext, leg: LegFact): number | undefined {
  const wanted = leg.keep['memory'];
  if (!isRecord(wanted)) return typeof wanted === 'number' ? wanted : available(context, leg);
  const each = wanted['per_class'];
  if (typeof each !== 'number') return undefined;
  const counts = leg.kept.map(({ name }) => mostOfEachClass(context, name, each));
  return total(counts);
}

/** Classes are counted by the largest label: there may be fewer. */
function mostOfEachClass({ facts, known }: RuleContext, name: string, each: number) {
  const { largestLabel, trainCount = Infinity } = known.get(name) ?? {};
  const offset = facts.data.find((data) => data.name === name)?.value['label_offset'];
  if (largestLabel === undefined || typeof offset !== 'number') return undefined;
  return Math.min(trainCount, each * (largestLabel + 1 - offset));
}
