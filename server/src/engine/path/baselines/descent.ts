import { keepStatistics } from '../../network/statistics';
import type { ObjectiveGradient } from '../objectives/objective';
import { createOptimizer } from '../optimizers';
import type { BaselineMethod, BaselineSetting } from './baseline-method';

/** Descends by the baseline's optimiser on what has this gradient. Running statistics stay, as they do along a leg. */
export function descend(
  { context, steps, optimizer: spec }: BaselineSetting,
  gradientAt: (weights: Float32Array, step: number) => Promise<ObjectiveGradient>,
): BaselineMethod {
  const { layout } = context.network;
  const optimizer = createOptimizer(spec, layout.size, { updates: steps });
  return {
    steps,
    async step(weights, step) {
      const { value, gradient } = await gradientAt(weights, step);
      const before = weights.slice();
      optimizer.update(weights, gradient);
      keepStatistics(layout, before, weights);
      return value;
    },
    state: () => optimizer.state(),
    restore: (tensors, done) => {
      optimizer.restore(tensors, done);
    },
  };
}
