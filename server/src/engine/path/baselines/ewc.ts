import type { EwcBaseline } from '../../../spec/experiment';
import { Random } from '../../random';
import { asTensor, restoreInto } from '../../saved-vector';
import { axpy } from '../../vector';
import { pickKept } from '../kept-function';
import type { ObjectiveGradient } from '../objectives/objective';
import type { BaselineMethod, BaselineSetting } from './baseline-method';
import { descend } from './descent';
import { taskTerm } from './fine-tune';
import { fisherDiagonal } from './fisher';
import { newRows } from '../keep/labelled-memory';
import { termsGradient } from '../losses/loss-terms';

const FISHER = 'ewc.fisher';

/**
 * Elastic weight consolidation with one penalty for all that came before: the Fisher information adds up, and the centre
 * is the latest network, which is where Laplace's approximation puts it (Huszár, 2018).
 */
export function ewc(spec: EwcBaseline, setting: BaselineSetting): BaselineMethod {
  const { context, anchor, kept, name, leg } = setting;
  const fisher = new Float32Array(anchor.length);
  const descent = descend(setting, async (weights, step) => {
    const task = await termsGradient(context, weights, [taskTerm(setting, step)]);
    return withPenalty(task, { fisher, anchor, weight: spec.weight }, weights);
  });
  return {
    ...descent,
    async begin(carried) {
      restoreInto(fisher, carried, FISHER);
      const random = Random.of(context.experiment.seed, 'baseline', name, leg.leg, 'fisher');
      const rows = newRows(setting, spec.fisher_samples, random);
      const found = await fisherDiagonal(context, anchor, pickKept(kept.memory, rows).inputs);
      if (found) axpy(1, found, fisher);
      return found !== undefined;
    },
    state: () => [asTensor(FISHER, fisher), ...descent.state()],
    restore: (tensors, steps) => {
      restoreInto(fisher, tensors, FISHER);
      descent.restore(tensors, steps);
    },
  };
}

/** Adds weight / 2 * sum of F (w - w0)^2, and its gradient. */
export function withPenalty(
  { value, gradient }: ObjectiveGradient,
  penalty: { fisher: Float32Array; anchor: Float32Array; weight: number },
  weights: Float32Array,
): ObjectiveGradient {
  const { fisher, anchor, weight } = penalty;
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    const moved = (weights[i] ?? 0) - (anchor[i] ?? 0);
    const pull = weight * (fisher[i] ?? 0) * moved;
    sum += pull * moved;
    gradient[i] = (gradient[i] ?? 0) + pull;
  }
  return { value: value + sum / 2, gradient };
}
