import type { LwfBaseline } from '../../../spec/experiment';
import { outputsInChunks } from '../../metrics/outputs';
import { dataSetOf } from '../../run-context';
import type { BaselineMethod, BaselineSetting } from './baseline-method';
import { descend } from './descent';
import { taskTerm } from './fine-tune';
import { joinedKept, pooledAt } from './kept-samples';
import { termsGradient, type OutputLoss } from '../losses/loss-terms';

/**
 * The further task, and on its inputs and those of the pool what the network that the leg begins with says of the classes
 * it has learnt.
 */
export function lwf(spec: LwfBaseline, setting: BaselineSetting): BaselineMethod {
  const { context, anchor } = setting;
  const classes = keptClasses(setting);
  const width = context.network.outputs;
  return descend(setting, async (weights, step) => {
    const task = taskTerm(setting, step);
    const { inputs } = task;
    const anchorOutputs = await outputsInChunks(context, anchor, inputs);
    const own = { count: anchorOutputs.length / width, inputs, anchorOutputs };
    const pool = await pooledAt(setting, step);
    const taught = pool ? joinedKept(own, pool) : own;
    const loss = distillationLoss(taught.anchorOutputs, { classes, width, ...spec });
    return termsGradient(context, weights, [task, { inputs: taught.inputs, loss }]);
  });
}

/** The classes that the kept data sets have. */
function keptClasses({ context, leg, index }: BaselineSetting): number[] {
  const labels = [leg.keep.on]
    .flat()
    .flatMap((name) => [
      ...new Set(dataSetOf(context, name, `/path/${index}/keep/on`).train.labels),
    ]);
  return [...new Set(labels)].sort((a, b) => a - b);
}

/** How the probabilities of some classes are held. */
export interface Distillation {
  classes: readonly number[];
  /** Outputs of a sample. */
  width: number;
  temperature: number;
  weight: number;
}

/**
 * weight * T^2 * the mean of -sum over these classes of p log q, with p and q the softmax over them of teacher's and own
 * logits / T. T^2 makes up for the gradient's 1 / T^2 (Hinton et al., 2015).
 */
export function distillationLoss(teacher: Float32Array, distillation: Distillation): OutputLoss {
  const { classes, width, temperature, weight } = distillation;
  return (outputs) => {
    const count = outputs.length / width;
    const cotangent = new Float32Array(outputs.length);
    let sum = 0;
    for (let from = 0; from < outputs.length; from += width) {
      const logits = (of: Float32Array) => classes.map((k) => (of[from + k] ?? 0) / temperature);
      const [p, q] = [logSoftmax(logits(teacher)).map(Math.exp), logSoftmax(logits(outputs))];
      classes.forEach((k, i) => {
        sum -= (p[i] ?? 0) * (q[i] ?? 0);
        const excess = Math.exp(q[i] ?? 0) - (p[i] ?? 0);
        cotangent[from + k] = (weight * temperature * excess) / count;
      });
    }
    return { value: (weight * temperature ** 2 * sum) / count, cotangent };
  };
}

function logSoftmax(logits: readonly number[]): number[] {
  const largest = Math.max(...logits);
  const logSum =
    largest + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - largest), 0));
  return logits.map((logit) => logit - logSum);
}
