/** No leg undoes what one before it was for. */
import { specError } from '../spec-diagnostic';
import type { SpecDiagnostic } from '../spec-diagnostic';
import type { LegFact } from '../spec-facts';
import { alternatives } from '../words';
import type { Rule, RuleContext } from './rule';

export const legsFight: Rule = (context) =>
  context.facts.legs.flatMap((leg, i) => {
    const before = context.facts.legs.slice(0, i);
    return [...forgets(context, leg, before), ...prunesInVain(context, leg, before)];
  });

const called = ({ name }: LegFact) => alternatives([name ?? 'a leg']);

/** What a leg has learnt and the next does not keep is free to be forgotten. */
function forgets(
  { document, facts }: RuleContext,
  leg: LegFact,
  before: readonly LegFact[],
): SpecDiagnostic[] {
  if (leg.kept.length === 0) return [];
  const here = new Set([...leg.kept, ...leg.learnt, ...leg.pooled].map(({ name }) => name));
  const isDefined = (wanted: string) => facts.data.some(({ name }) => name === wanted);
  const from = before.find((earlier) => lost(earlier, here).some(isDefined));
  if (!from) return [];
  const names = lost(from, here).filter(isDefined);
  const message = `The leg ${called(from)} learns ${alternatives(names, 'and')}, and this leg does not keep it: it may be forgotten. Add ${names.length === 1 ? 'it' : 'them'} to \`on\`.`;
  const place = `${from.pointer}/objective/on`;
  const related = [{ message: 'It is learnt here.', range: document.rangeOf(place) }];
  const range = document.rangeOf(`${leg.pointer}/keep/on`);
  return [specError('fip/legs-fight', range, message, { severity: 'warning', related })];
}

function lost({ objective, learnt }: LegFact, here: ReadonlySet<string>): string[] {
  if (objective['type'] !== 'learn') return [];
  return learnt.map(({ name }) => name).filter((name) => !here.has(name));
}

/** A second pruning of the same weights, to no more zeros, has nothing to do; other legs between them make some. */
function prunesInVain(
  { document }: RuleContext,
  leg: LegFact,
  before: readonly LegFact[],
): SpecDiagnostic[] {
  const last = before.at(-1);
  const [target, had] = [targetOf(leg), last && targetOf(last)];
  if (!last || target === undefined || had === undefined || target > had) return [];
  if (madeOf(leg) !== madeOf(last)) return [];
  const message = `The leg ${called(last)} has pruned the same weights to ${had} already, so there is nothing left to do for this one. Write a \`target\` above ${had}, or remove the leg.`;
  const place = `${last.pointer}/objective/target`;
  const related = [{ message: 'They are pruned here.', range: document.rangeOf(place) }];
  const range = document.rangeOf(`${leg.pointer}/objective/target`);
  return [specError('fip/legs-fight', range, message, { severity: 'warning', related })];
}

function targetOf({ objective: { type, target } }: LegFact): number | undefined {
  return type === 'sparsify' && typeof target === 'number' ? target : undefined;
}

const madeOf = ({ objective: { include, exclude, scope } }: LegFact) =>
  JSON.stringify([include, exclude, scope]);
