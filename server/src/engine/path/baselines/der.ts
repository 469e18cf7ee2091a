import type { DerBaseline } from '../../../spec/experiment';
import { outputsInChunks } from '../../metrics/outputs';
import { pickKept } from '../kept-function';
import type { BaselineMethod, BaselineSetting } from './baseline-method';
import { descend } from './descent';
import { memoryAt } from './experience-replay';
import { taskTerm } from './fine-tune';
import type { MemorySamples } from '../keep/labelled-memory';
import { labelLoss, outputLoss, sumOfLosses, termsGradient } from '../losses/loss-terms';

/** The further task, and on the memory the outputs of the network that the leg begins with, and the labels. */
export function der(spec: DerBaseline, setting: BaselineSetting): BaselineMethod {
  return descend(setting, async (weights, step) => {
    const memory = memoryAt(setting, step);
    const targets = await anchorOutputs(setting, memory);
    const loss = sumOfLosses(outputLoss(targets, spec.alpha), labelLoss(memory.labels, spec.beta));
    const terms = [taskTerm(setting, step), { inputs: memory.inputs, loss }];
    return termsGradient(setting.context, weights, terms);
  });
}

/** What the network that the leg begins with says of these samples; of augmented ones it must be asked anew. */
async function anchorOutputs(
  { context, kept }: BaselineSetting,
  { rows, inputs }: MemorySamples,
): Promise<Float32Array> {
  if (kept.augment) return outputsInChunks(context, kept.anchor, inputs);
  return pickKept(kept.memory, rows).anchorOutputs;
}
