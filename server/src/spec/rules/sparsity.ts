/** How sparse a network becomes is said once, and makes sense. */
import { specError } from '../spec-diagnostic';
import type { SpecDiagnostic } from '../spec-diagnostic';
import type { LegFact } from '../spec-facts';
import type { Rule, RuleContext } from './rule';

export const sparsity: Rule = (context) =>
  context.facts.legs
    .filter(({ objective }) => objective['type'] === 'sparsify')
    .flatMap((leg) => [...choice(context, leg), ...pattern(context, leg)]);

function choice({ document }: RuleContext, { pointer, objective }: LegFact): SpecDiagnostic[] {
  const has = (key: string) => document.has(`${pointer}/objective/${key}`);
  if (has('target') !== has('pattern')) return [];
  const place = has('pattern') ? `${pointer}/objective/pattern` : `${pointer}/objective/type`;
  const message =
    objective['pattern'] === undefined
      ? 'It is not said how many weights become zero. Write a `target` such as 0.8, or a `pattern` such as `"2:4"`.'
      : 'A `pattern` says itself how many weights become zero. Remove `target`, or remove `pattern`.';
  return [specError('fip/sparsity-choice', document.rangeOf(place), message)];
}

function pattern({ document }: RuleContext, { pointer, objective }: LegFact): SpecDiagnostic[] {
  const written = objective['pattern'];
  const [keep = 0, of = 1] = typeof written === 'string' ? written.split(':').map(Number) : [];
  if (!(keep >= of)) return [];
  const message = `At most ${keep} of ${of} weights stay, so none has to go. Write a pattern that keeps fewer, such as \`"2:4"\`.`;
  return [specError('fip/pattern', document.rangeOf(`${pointer}/objective/pattern`), message)];
}
