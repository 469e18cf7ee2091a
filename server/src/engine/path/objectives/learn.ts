import type { LearnObjective, Leg } from '../../../spec/experiment';
import type { DataSet } from '../../data/data-set';
import { Random } from '../../random';
import type { RunContext } from '../../run-context';
import { asTensor, restoreInto } from '../../saved-vector';
import { axpy, norm, scaleInPlace } from '../../vector';
import { lossGradient } from '../loss-gradient';
import type { Objective } from './objective';

/** Length of a learn step where the spec names none. */
const DEFAULT_STEP_SIZE = 0.2;

/** The step size falls in a straight line to this part of itself, so that the path comes to rest. */
const LAST_STEP_SHARE = 0.2;

/** Lower the cross-entropy of a further task; the direction is the negative gradient with momentum, of set length. */
export function learn(
  spec: LearnObjective,
  { leg, solver }: Leg,
  data: DataSet,
  context: RunContext,
): Objective {
  const momentum = new Float32Array(context.network.layout.size);
  const seed = context.experiment.seed;
  const gradient = (weights: Float32Array, step: number) => {
    const random = Random.of(seed, 'leg', leg, 'batch', step);
    const count = Math.min(spec.batch_size, data.train.count);
    return lossGradient(context, weights, data, random.sample(data.train.count, count));
  };
  return {
    gradient,
    direction: async (weights, step, stepSize = DEFAULT_STEP_SIZE) => {
      const { value, gradient: fresh } = await gradient(weights, step);
      scaleInPlace(spec.momentum, momentum);
      axpy(1, fresh, momentum);
      const direction = momentum.slice();
      const length = stepSize * (1 - ((1 - LAST_STEP_SHARE) * step) / solver.steps);
      scaleInPlace(-length / Math.max(norm(momentum), Number.MIN_VALUE), direction);
      return { value, direction };
    },
    present: (weights) => weights,
    state: () => [asTensor('objective.momentum', momentum)],
    restore: (tensors) => restoreInto(momentum, tensors, 'objective.momentum'),
  };
}
