import type { BaselineMethod, BaselineSetting } from './baseline-method';
import { freshOptimizer, maskedStep, maskOf } from './masked-training';
import { pruneByMagnitude } from './prune-by-magnitude';

/** The leg's target at once, by magnitude; then the weights that are left are trained. */
export function magnitudePruning(setting: BaselineSetting): BaselineMethod {
  const { context, anchor, steps } = setting;
  const pruned = pruneByMagnitude(setting, anchor, 1);
  const mask = maskOf(context.network.layout, pruned);
  const optimizer = freshOptimizer(setting);
  return {
    steps,
    step(weights, step) {
      if (step === 0) weights.set(pruned);
      return maskedStep(setting, { mask, optimizer }, weights, step);
    },
    state: () => optimizer.state(),
    restore: (tensors, done) => {
      optimizer.restore(tensors, done);
    },
  };
}
