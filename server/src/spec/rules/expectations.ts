/** An expectation's parts fit its metric. */
import { isPartOf, type SubLeg } from '../../protocol/sub-legs';
import { specError } from '../spec-diagnostic';
import type { SpecDiagnostic } from '../spec-diagnostic';
import type { ExpectationFact, LegFact } from '../spec-facts';
import { alternatives } from '../words';
import { keptParts } from './known-data';
import type { Rule, RuleContext } from './rule';

const ofData = ['accuracy', 'accuracy_within', 'loss'];
const accuracies = ['accuracy', 'accuracy_within'];
/** Count from the first network of a leg, so the start of the path has none. */
const ofPath = [
  'output_distance',
  'weight_distance',
  'start_distance',
  'arc_length',
  'action',
  'distance_to_target',
];
/** Objectives that head for a network. */
const withTarget = ['sparsify', 'reach'];

export const expectations: Rule = (context) =>
  context.facts.expectations.flatMap((expectation) => [
    ...dataFits(context, expectation),
    ...timeFits(context, expectation),
    ...targetFits(context, expectation),
    ...boundsFit(context, expectation),
  ]);

function dataFits(context: RuleContext, { pointer, value }: ExpectationFact): SpecDiagnostic[] {
  const { document, facts } = context;
  const { metric, on } = value;
  if (typeof metric !== 'string') return [];
  if (ofData.includes(metric) && on === undefined) {
    const names = alternatives(facts.data.map(({ name }) => name));
    const message = `\`${metric}\` is measured on a data set: add \`on\`${names && ` (${names})`}.`;
    return [specError('fip/metric-needs-data', document.rangeOf(`${pointer}/metric`), message)];
  }
  if (metric === 'output_distance') return keptData(context, pointer, value);
  if (metric === 'accuracy_within') return ownClasses(context, pointer, on);
  if (ofData.includes(metric) || on === undefined) return [];
  const message = `\`${metric}\` belongs to the network, not to a data set. Remove \`on\`.`;
  return [specError('fip/metric-takes-no-data', document.rangeOf(`${pointer}/on`, 'key'), message)];
}

/** To choose among all classes is the accuracy, and among one there is no choice. */
function ownClasses({ document, facts, known }: RuleContext, pointer: string, on: unknown) {
  const { classes } = known.get(String(on)) ?? {};
  if (!classes || facts.classes === undefined) return [];
  if (classes.length > 1 && classes.length < facts.classes) return [];
  const have = classes.length === 1 ? 'one class only' : 'all classes of the model';
  const message = `\`${String(on)}\` has ${have}, so \`accuracy_within\` is not measured on it. Use \`accuracy\`.`;
  return [specError('fip/no-choice', document.rangeOf(`${pointer}/metric`), message)];
}

/** The output distance is known on kept data only. */
function keptData(
  { document, facts }: RuleContext,
  pointer: string,
  { on, at }: Record<string, unknown>,
): SpecDiagnostic[] {
  if (typeof on !== 'string' || keptParts.includes(on)) return [];
  const leg = legAt(facts.legs, at);
  if (!leg) return [];
  const { kept } = leg;
  const isDefined = facts.data.some(({ name }) => name === on);
  if (!isDefined || kept.length === 0 || kept.includes(on)) return [];
  const message = `The leg ${alternatives([leg.name])} does not keep \`${on}\`, so its output distance is not measured. It can be ${alternatives([...kept, ...keptParts])}.`;
  return [specError('fip/not-kept', document.rangeOf(`${pointer}/on`), message)];
}

/** The leg that is walked last before a moment. */
function legAt(legs: readonly LegFact[], at: unknown): SubLeg | undefined {
  const walked = legs.flatMap((leg) => leg.walked);
  if (at === 'end') return walked.at(-1);
  return typeof at === 'string' ? walked.findLast(({ name }) => isPartOf(name, at)) : undefined;
}

function timeFits(
  { document, facts }: RuleContext,
  { pointer, value }: ExpectationFact,
): SpecDiagnostic[] {
  const { metric, at } = value;
  if (facts.legs.length === 0 && facts.measure.spectrum && ofPath.includes(String(metric))) {
    const message = `\`${String(metric)}\` is measured along a leg, and this spec has none. Remove the expectation, or add a \`path\`.`;
    return [specError('fip/not-at-start', document.rangeOf(`${pointer}/metric`), message)];
  }
  if (at !== 'start' || typeof metric !== 'string' || !ofPath.includes(metric)) return [];
  const message = `\`${metric}\` is measured along a leg, not at the start of the path. Use \`at: end\` or the name of a leg.`;
  return [specError('fip/not-at-start', document.rangeOf(`${pointer}/at`), message)];
}

/** Only some objectives have a network to arrive at. */
function targetFits(
  { document, facts }: RuleContext,
  { pointer, value }: ExpectationFact,
): SpecDiagnostic[] {
  const { metric, at } = value;
  if (metric !== 'distance_to_target') return [];
  const leg = facts.legs.findLast(({ name }) => at === 'end' || isPartOf(String(at), name));
  const type = leg?.objective['type'];
  if (!leg || typeof type !== 'string') return [];
  if (withTarget.includes(type)) return [];
  const message = `The leg ${alternatives([leg.name ?? ''])} has no target to be far from: its objective is \`${type}\`. Legs that ${alternatives(withTarget)} have one.`;
  return [specError('fip/no-target', document.rangeOf(`${pointer}/metric`), message)];
}

function boundsFit(
  { document }: RuleContext,
  { pointer, value }: ExpectationFact,
): SpecDiagnostic[] {
  const { metric, at_least: least, at_most: most, drop_at_most: drop } = value;
  const found: SpecDiagnostic[] = [];
  if (drop !== undefined && typeof metric === 'string' && !accuracies.includes(metric)) {
    const message = `\`drop_at_most\` compares the accuracy with that of the start network; it does not go with \`${metric}\`. Use \`at_least\` or \`at_most\`.`;
    const range = document.rangeOf(`${pointer}/drop_at_most`, 'key');
    found.push(specError('fip/drop-of-accuracy-only', range, message));
  }
  if (typeof least === 'number' && typeof most === 'number' && least > most) {
    const message = `No value is at least ${least} and at most ${most}.`;
    const related = [
      { message: 'The other bound.', range: document.rangeOf(`${pointer}/at_least`) },
    ];
    const range = document.rangeOf(`${pointer}/at_most`);
    found.push(specError('fip/bounds-crossed', range, message, { related }));
  }
  return found;
}
