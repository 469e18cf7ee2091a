/** Expectations refer to legs that exist. */
import { didYouMean } from '../did-you-mean';
import { specError } from '../spec-diagnostic';
import type { SpecFacts } from '../spec-facts';
import { alternatives, shown } from '../words';
import type { Rule } from './rule';

/** The moments that have a name besides the legs. */
export const moments = ['start', 'end'];

/** The legs, and those that each of several tasks is learnt in. */
export function legsToName({ legs }: SpecFacts): string[] {
  return legs.flatMap(({ name, walked }) =>
    name === undefined ? [] : [...new Set([name, ...walked.map((leg) => leg.name)])],
  );
}

export const knownLegs: Rule = ({ document, facts }) => {
  const names = [...moments, ...legsToName(facts)];
  return facts.expectations.flatMap(({ pointer, value }) => {
    const name = value['at'];
    if (typeof name !== 'string' || names.includes(name)) return [];
    const guess = didYouMean(name, names);
    const hint = guess ? `Did you mean \`${guess}\`?` : `It can be ${alternatives(names)}.`;
    const message = `No leg is called \`${shown(name)}\`. ${hint}`;
    const fix = guess && { title: `Change to \`${guess}\``, newText: guess };
    return [
      specError('fip/unknown-leg', document.rangeOf(`${pointer}/at`), message, fix ? { fix } : {}),
    ];
  });
};
