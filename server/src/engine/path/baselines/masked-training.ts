import { isPrunable, viewOf, type Layout } from '../../network/layout';
import { blendStatistics, keepStatistics } from '../../network/statistics';
import { Random } from '../../random';
import { applyMask } from '../../vector';
import { createOptimizer, type Optimizer } from '../optimizers';
import type { BaselineSetting } from './baseline-method';
import { memoryAt } from './experience-replay';
import { labelLoss, termGradient } from '../losses/loss-terms';

/** 1 for weights that are left, 0 for those of the weight matrices that were set to zero. */
export function maskOf(layout: Layout, projected: Float32Array): Float32Array {
  const mask = new Float32Array(projected.length).fill(1);
  for (const entry of layout.entries.filter(isPrunable)) {
    const values = viewOf(entry, projected);
    viewOf(entry, mask).set(values.map((value) => (value === 0 ? 0 : 1)));
  }
  return mask;
}

/** A fresh optimiser for one training of this baseline. */
export function freshOptimizer({ context, steps, optimizer }: BaselineSetting): Optimizer {
  return createOptimizer(optimizer, context.network.layout.size, { updates: steps });
}

/**
 * One step of training the weights that are left, by the labels of the memory samples that the leg drew at this step.
 * Batch norms and dropout work as in any training.
 * @param round what the dropout is drawn by, where there are several trainings
 */
export async function maskedStep(
  setting: BaselineSetting,
  { mask, optimizer }: { mask: Float32Array; optimizer: Optimizer },
  weights: Float32Array,
  step: number,
  round = 0,
): Promise<number> {
  const { context, name, leg } = setting;
  const { layout } = context.network;
  const { inputs, labels } = memoryAt(setting, step);
  const keys = ['baseline', name, leg.leg, 'drop', round, step];
  const random = Random.of(context.experiment.seed, ...keys);
  const term = { inputs, loss: labelLoss(labels) };
  const { value, gradient, measured } = await termGradient(context, weights, term, { random });
  const before = weights.slice();
  applyMask(mask, gradient);
  optimizer.update(weights, gradient);
  applyMask(mask, weights);
  keepStatistics(layout, before, weights);
  blendStatistics(layout, weights, measured);
  return value;
}
