/** Every data set that is referred to is defined. */
import { didYouMean } from '../did-you-mean';
import { specError } from '../spec-diagnostic';
import type { SpecDiagnostic } from '../spec-diagnostic';
import type { Reference, SpecFacts } from '../spec-facts';
import { alternatives, shown } from '../words';
import type { Rule, RuleContext } from './rule';

/** Names that `output_distance` takes besides data sets. */
export const keptParts = ['held_out', 'memory'];

/** The data sets that a place may name: what a leg learns may be all tasks of one. */
export function dataToName({ data, sources, legs }: SpecFacts, pointer: string): string[] {
  const [, index] = /^\/path\/(\d+)\/objective\/on(?:\/|$)/.exec(pointer) ?? [];
  const leg = index === undefined ? undefined : legs[Number(index)];
  const split =
    leg?.objective['type'] === 'learn' ? sources.filter(({ tasks }) => tasks.length > 0) : [];
  return [...split, ...data].map(({ name }) => name);
}

export const knownData: Rule = (context) =>
  [...context.facts.uses, ...measured(context)].flatMap((use) => unknown(context, use));

/** What expectations are measured on, but for parts of the kept data. */
function measured({ facts }: RuleContext): Reference[] {
  return facts.expectations.flatMap(({ pointer, value }) => {
    const name = value['on'];
    const isPart = value['metric'] === 'output_distance' && keptParts.includes(String(name));
    return typeof name === 'string' && !isPart ? [{ pointer: `${pointer}/on`, name }] : [];
  });
}

function unknown({ document, facts }: RuleContext, { pointer, name }: Reference): SpecDiagnostic[] {
  const names = dataToName(facts, pointer);
  if (names.includes(name) || names.length === 0) return [];
  const source = facts.sources.find((candidate) => candidate.name === name);
  if (source) {
    const message = `\`${name}\` is split into tasks: write ${alternatives(source.tasks)}.`;
    return [specError('fip/which-task', document.rangeOf(pointer), message)];
  }
  const guess = didYouMean(name, names);
  const hint = guess ? `Did you mean \`${guess}\`?` : `Defined: ${alternatives(names, 'and')}.`;
  const message = `No data set is called \`${shown(name)}\`. ${hint}`;
  const fix = guess && { title: `Change to \`${guess}\``, newText: guess };
  return [specError('fip/unknown-data', document.rangeOf(pointer), message, fix ? { fix } : {})];
}
