import type { Train } from '../../../spec/experiment';
import type { Layout } from '../../network/layout';
import { blendStatistics, keepStatistics } from '../../network/statistics';
import type { Run } from '../../run';
import { lossGradient, type LossGradient } from '../loss-gradient';
import { createOptimizer, type Optimizer } from '../optimizers';
import type { TrainingSpan } from '../optimizers/learning-rate';
import type { Trainer } from './trainer';

/** Keeps weights and moments in JavaScript: the fastest where reading from the device costs next to nothing. */
export function hostTrainer(run: Run, spec: Train, span: TrainingSpan): Trainer {
  const { context, weights } = run;
  const { layout } = context.network;
  const optimizer = createOptimizer(spec.optimizer, layout.size, span);
  optimizer.restore(run.restored, run.record.training.batches);
  let losses: number[] = [];
  return {
    async update({ data, indices, random }) {
      const found = await lossGradient(context, weights, data, indices, { random });
      losses.push(found.value);
      if (Number.isFinite(found.value)) move(weights, found, optimizer, layout);
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
