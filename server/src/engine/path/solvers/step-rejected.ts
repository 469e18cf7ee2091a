import { MOST_HALVINGS } from './trust-region';

/**
 * The warning about a step that was left out.
 * @param step number of steps before it
 * @param budget mean output distance per sample
 */
export function stepRejected(leg: string, step: number, budget: number) {
  return {
    code: 'fip/step-rejected',
    message:
      `Step ${step + 1} of leg \`${leg}\` was left out: halved ${MOST_HALVINGS} times, it still moved the kept outputs by ` +
      `more than the budget of ${Number(budget.toPrecision(3))}. The run goes on, and does not tell of further steps. ` +
      'Lower `step_size` or `stiffness`, or raise `movement`.',
  };
}
