import type { LearnObjective, Leg } from '../../../spec/experiment';
import type { DataSet } from '../../data/data-set';
import { Random } from '../../random';
import type { RunContext } from '../../run-context';
import { lossGradient } from '../loss-gradient';
import type { Objective } from './objective';
import { setLengthMoves } from './set-length';

/** Lower the cross-entropy of a further task; the direction is the negative gradient with momentum, of set length. */
export function learn(
  spec: LearnObjective,
  { leg, solver }: Leg,
  data: DataSet,
  context: RunContext,
): Objective {
  const moves = setLengthMoves(context.network.layout.size, spec.momentum, solver.steps);
  const seed = context.experiment.seed;
  const gradient = (weights: Float32Array, step: number) => {
    const random = Random.of(seed, 'leg', leg, 'batch', step);
    const count = Math.min(spec.batch_size, data.train.count);
    return lossGradient(context, weights, data, random.sample(data.train.count, count));
  };
  return {
    gradient,
    direction: async (weights, step, stepSize) =>
      moves.move(await gradient(weights, step), step, stepSize),
    present: (weights) => weights,
    state: () => moves.state(),
    restore: (tensors) => moves.restore(tensors),
  };
}
