import type { LotteryTicketBaseline } from '../../../spec/experiment';
import { asTensor, restoreInto } from '../../saved-vector';
import { applyMask } from '../../vector';
import { firstWeights } from '../start-network';
import type { BaselineMethod, BaselineSetting } from './baseline-method';
import { freshOptimizer, maskedStep, maskOf } from './masked-training';
import { pruneByMagnitude } from './prune-by-magnitude';

const MASK = 'lottery.mask';

/**
 * Iterative magnitude pruning with rewinding: the network that the leg begins with is the first trained one; each round
 * prunes the last one, rewinds what is left to the weights that the run began with, and trains them.
 */
export function lotteryTicket(
  spec: LotteryTicketBaseline,
  setting: BaselineSetting,
): BaselineMethod {
  const { context, steps } = setting;
  const initial = firstWeights(context, () => undefined);
  const mask = new Float32Array(initial.length);
  let optimizer = freshOptimizer(setting);
  return {
    steps: steps * spec.rounds,
    step(weights, step) {
      const round = Math.floor(step / steps);
      if (step % steps === 0) {
        mask.set(
          maskOf(
            context.network.layout,
            pruneByMagnitude(setting, weights, (round + 1) / spec.rounds),
          ),
        );
        weights.set(initial);
        applyMask(mask, weights);
        optimizer = freshOptimizer(setting);
      }
      return maskedStep(setting, { mask, optimizer }, weights, step % steps, round);
    },
    state: () => [asTensor(MASK, mask), ...optimizer.state()],
    restore: (tensors, done) => {
      restoreInto(mask, tensors, MASK);
      // Between two rounds, the next step takes a fresh optimiser anyway.
      optimizer.restore(tensors, done % steps);
    },
  };
}
