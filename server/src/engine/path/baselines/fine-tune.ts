import type { BaselineMethod, BaselineSetting } from './baseline-method';
import { descend } from './descent';
import { drawTask } from '../keep/labelled-memory';
import { labelLoss, termsGradient, type LossTerm } from '../losses/loss-terms';

/** The further task alone. */
export function fineTune(setting: BaselineSetting): BaselineMethod {
  return descend(setting, (weights, step) =>
    termsGradient(setting.context, weights, [taskTerm(setting, step)]),
  );
}

/** The mean cross-entropy on the samples that the leg drew at this step from the data that it learns. */
export function taskTerm({ context, leg, index }: BaselineSetting, step: number): LossTerm {
  const { inputs, labels } = drawTask(leg, index, step, context);
  return { inputs, loss: labelLoss(labels) };
}
