import type { ExperienceReplayBaseline } from '../../../spec/experiment';
import type { BaselineMethod, BaselineSetting } from './baseline-method';
import { descend } from './descent';
import { taskTerm } from './fine-tune';
import { drawLabelled, type MemorySamples } from '../keep/labelled-memory';
import { labelLoss, termsGradient } from '../losses/loss-terms';

/** The further task and, with its labels, the leg's memory. */
export function experienceReplay(
  spec: ExperienceReplayBaseline,
  setting: BaselineSetting,
): BaselineMethod {
  return descend(setting, (weights, step) => {
    const { inputs, labels } = memoryAt(setting, step);
    const memory = { inputs, loss: labelLoss(labels, spec.weight) };
    return termsGradient(setting.context, weights, [taskTerm(setting, step), memory]);
  });
}

/** The samples of the memory that the leg drew at this step. */
export function memoryAt(
  { context, leg, kept, memory }: BaselineSetting,
  step: number,
): MemorySamples {
  return drawLabelled(kept, memory, context, {
    leg: leg.leg,
    step,
    samples: leg.solver.samples,
  });
}
