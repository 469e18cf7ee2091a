import type { Train } from '../../../spec/experiment';
import type { Layout } from '../../network/layout';
import { blendStatistics, keepStatistics } from '../../network/statistics';
import type { Run } from '../../run';
import type { RunContext } from '../../run-context';
import { lossGradient, type LossGradient } from '../loss-gradient';
import { createOptimizer, type Optimizer } from '../optimizers';
import type { TrainingSpan } from '../optimizers/learning-rate';
import type { Trainer, TrainingBatch } from './trainer';

/** Keeps weights and moments in JavaScript: the fastest where reading from the device costs next to nothing. */
export function hostTrainer(run: Run, spec: Train, span: TrainingSpan): Trainer {
  const { context, weights } = run;
  const optimizer = createOptimizer(spec.optimizer, context.network.layout.size, span);
  optimizer.restore(run.restored, run.record.training.batches);
  let losses: number[] = [];
  return {
    async update(batch) {
      losses.push(await trainingUpdate(context, weights, optimizer, batch));
    },
    losses() {
      const since = losses;
      losses = [];
      return Promise.resolve(since);
    },
    state: () => Promise.resolve(optimizer.state()),
    dispose: () => undefined,
  };
}

/**
 * One update of the weights, in place, where the loss is finite.
 * @returns the mean cross-entropy of the batch before it, in nats
 */
export async function trainingUpdate(
  context: RunContext,
  weights: Float32Array,
  optimizer: Optimizer,
  { data, indices, random }: TrainingBatch,
): Promise<number> {
  const found = await lossGradient(context, weights, data, indices, { random });
  if (Number.isFinite(found.value)) move(weights, found, optimizer, context.network.layout);
  return found.value;
}

/** One update of the weights by the optimiser, and of the running statistics by what was measured. */
function move(
  weights: Float32Array,
  { gradient, measured }: LossGradient,
  optimizer: Optimizer,
  layout: Layout,
): void {
  const before = measured.size > 0 ? weights.slice() : weights;
  optimizer.update(weights, gradient);
  keepStatistics(layout, before, weights);
  blendStatistics(layout, weights, measured);
}
