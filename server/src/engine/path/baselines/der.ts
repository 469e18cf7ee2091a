import type { DerBaseline } from '../../../spec/experiment';
import type { BaselineMethod, BaselineSetting } from './baseline-method';
import { descend } from './descent';
import { taskTerm } from './fine-tune';
import { keptAt } from './kept-samples';
import { labelLoss, ofFirst, outputLoss, sumOfLosses, termsGradient } from '../losses/loss-terms';

/**
 * The further task, on memory and pool the outputs of the network that the leg begins with, and the labels of the memory.
 */
export function der(spec: DerBaseline, setting: BaselineSetting): BaselineMethod {
  const width = setting.context.network.outputs;
  return descend(setting, async (weights, step) => {
    const { inputs, anchorOutputs, labels } = await keptAt(setting, step);
    const loss = sumOfLosses(
      outputLoss(anchorOutputs, spec.alpha),
      ofFirst(labels.length * width, labelLoss(labels, spec.beta)),
    );
    const terms = [taskTerm(setting, step), { inputs, loss }];
    return termsGradient(setting.context, weights, terms);
  });
}
