/** A learning rate's schedule fits itself, and the training that it is laid over. */
import { isRecord } from '../schema-node';
import { specError } from '../spec-diagnostic';
import type { SpecDiagnostic } from '../spec-diagnostic';
import type { OptimizerFact } from '../spec-facts';
import { plural } from '../words';
import type { Rule, RuleContext } from './rule';

export const schedule: Rule = (context) =>
  context.facts.optimizers.flatMap((optimizer) => {
    const { schedule: value } = optimizer.value;
    if (!isRecord(value)) return [];
    const own = { pointer: `${optimizer.pointer}/schedule`, value };
    return [
      ...comesDown(context, own),
      ...warmsUp(context, own, optimizer),
      ...countsSteps(context, own, optimizer),
    ];
  });

type ScheduleFact = Pick<OptimizerFact, 'pointer' | 'value'>;

function comesDown({ document }: RuleContext, { pointer, value }: ScheduleFact): SpecDiagnostic[] {
  const { steps, warmup } = value;
  if (typeof steps !== 'number' || typeof warmup !== 'number' || steps > warmup) return [];
  const message = `The learning rate cannot be down after ${plural(steps, 'step')}: the warm-up, which is counted in, lasts ${warmup.toLocaleString('en')}. Write \`steps\` above \`warmup\`, or leave it out.`;
  return [specError('fip/schedule-too-short', document.rangeOf(`${pointer}/steps`), message)];
}

function warmsUp(
  context: RuleContext,
  { pointer, value }: ScheduleFact,
  optimizer: OptimizerFact,
): SpecDiagnostic[] {
  const { warmup } = value;
  const there = stepsOf(context, optimizer);
  if (typeof warmup !== 'number' || there === undefined || warmup < there) return [];
  const whole = optimizer.training ? 'training' : 'leg';
  const message = `The warm-up lasts ${plural(warmup, 'step')}, but the whole ${whole} only ${there.toLocaleString('en')}: the learning rate never becomes what is written. Write a shorter \`warmup\`.`;
  const range = context.document.rangeOf(`${pointer}/warmup`);
  return [specError('fip/warmup-too-long', range, message, { severity: 'warning' })];
}

/** Updates in all, where they are known. */
function stepsOf({ known }: RuleContext, { training, solver }: OptimizerFact): number | undefined {
  const steps = solver?.['steps'];
  if (typeof steps === 'number') return steps;
  const { on, epochs, batch_size: batch } = training ?? {};
  const count = typeof on === 'string' ? known.get(on)?.trainCount : undefined;
  if (count === undefined || typeof epochs !== 'number' || typeof batch !== 'number')
    return undefined;
  return epochs * Math.ceil(count / batch);
}

function countsSteps(
  { document }: RuleContext,
  { pointer, value }: ScheduleFact,
  { training }: OptimizerFact,
): SpecDiagnostic[] {
  if (training || value['unit'] !== 'epochs') return [];
  const message =
    'A leg is counted in steps and has no epochs. Write `unit: steps`, and `every` in steps.';
  const fix = { title: 'Change to `steps`', newText: 'steps' };
  return [specError('fip/no-epochs', document.rangeOf(`${pointer}/unit`), message, { fix })];
}
