/** Each baseline has a name of its own, a leg to stand beside, and the labels that it trains on. */
import { BESIDE } from '../../protocol/baseline-plan';
import { specError } from '../spec-diagnostic';
import type { SpecDiagnostic } from '../spec-diagnostic';
import type { BaselineFact, LegFact } from '../spec-facts';
import type { Rule, RuleContext } from './rule';

export const baselines: Rule = (context) =>
  context.facts.baselines.flatMap((baseline, i) => [
    ...named(context, baseline, i),
    ...placed(context, baseline),
    ...labelled(context, baseline),
  ]);

function named(
  { document, facts }: RuleContext,
  { pointer, name, type }: BaselineFact,
  index: number,
): SpecDiagnostic[] {
  const first = facts.baselines.slice(0, index).find((earlier) => earlier.name === name);
  if (!first) return [];
  const message = `Two baselines are called \`${name}\`, and results could not tell them apart. Remove one, or give it another \`name\`: \`{type: ${type}, name: ...}\`.`;
  const related = [{ message: 'The first one.', range: document.rangeOf(first.pointer) }];
  return [
    specError('fip/duplicate-baseline', document.rangeOf(pointer, 'focus'), message, { related }),
  ];
}

function placed(context: RuleContext, baseline: BaselineFact): SpecDiagnostic[] {
  const { document, facts } = context;
  const fitting = BESIDE[baseline.type];
  if (fitting === undefined || facts.legs.length === 0) return [];
  if (legsBeside(context, baseline).length > 0) return [];
  const message = `\`${baseline.type}\` stands beside legs with the objective \`${fitting}\`, and the path has none: it will not run. Remove it.`;
  const range = document.rangeOf(baseline.pointer, 'focus');
  return [specError('fip/baseline-fits-no-leg', range, message, { severity: 'warning' })];
}

function legsBeside({ facts }: RuleContext, { type }: BaselineFact): LegFact[] {
  return facts.legs.filter(({ objective }) => objective['type'] === BESIDE[type]);
}

/** Lines of text have no labels: all of them would be trained to be of one class. */
function labelled(context: RuleContext, baseline: BaselineFact): SpecDiagnostic[] {
  if (!trainsOnKept(baseline)) return [];
  const kept = legsBeside(context, baseline).flatMap((leg) => leg.kept);
  const bare = context.facts.data.find(
    ({ name, value }) => value['layout'] === 'lines' && kept.some((each) => each.name === name),
  );
  if (!bare) return [];
  const message = `\`${baseline.type}\` needs the labels of the kept data, and \`${bare.name}\` has none (\`layout: lines\`). Remove it.`;
  const range = context.document.rangeOf(baseline.pointer, 'focus');
  return [specError('fip/baseline-needs-labels', range, message)];
}

const onKeptLabels = [
  'experience_replay',
  'joint',
  'der',
  'ogd',
  'magnitude_pruning',
  'lottery_ticket',
  'independent_ensemble',
];

function trainsOnKept({ type, value }: BaselineFact): boolean {
  return onKeptLabels.includes(type) && !(type === 'der' && value['beta'] === 0);
}
