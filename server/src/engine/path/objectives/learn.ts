import type { LearnObjective, Leg } from '../../../spec/experiment';
import type { DataSet } from '../../data/data-set';
import { Random } from '../../random';
import type { RunContext } from '../../run-context';
import { axpy } from '../../vector';
import { drawLabelled, labelMemory } from '../keep/labelled-memory';
import type { KeptFunction } from '../kept-function';
import { lossGradient } from '../loss-gradient';
import { labelLoss, termGradient } from '../losses/loss-terms';
import type { Objective, ObjectiveGradient } from './objective';
import { setLengthMoves } from './set-length';

type GradientAt = (weights: Float32Array, step: number) => Promise<ObjectiveGradient>;

/** Lower the cross-entropy of a further task; the direction is the negative gradient with momentum, of set length. */
export function learn(
  spec: LearnObjective,
  leg: Leg,
  index: number,
  data: DataSet,
  context: RunContext,
): Objective {
  const moves = setLengthMoves(context.network.layout.size, spec.momentum, leg.solver.steps);
  const task = taskGradient(spec, leg, data, context);
  let replayed: GradientAt | undefined;
  const gradient: GradientAt = async (weights, step) => {
    const found = await task(weights, step);
    if (!replayed) return found;
    const memory = await replayed(weights, step);
    axpy(1, memory.gradient, found.gradient);
    return { value: found.value + memory.value, gradient: found.gradient };
  };
  return {
    begin: async (kept) => {
      if (spec.replay > 0) replayed = replay(spec.replay, leg, index, kept, context);
    },
    gradient,
    direction: async (weights, step, stepSize) =>
      moves.move(await gradient(weights, step), step, stepSize),
    present: (weights) => weights,
    state: () => moves.state(),
    restore: (tensors) => moves.restore(tensors),
  };
}

/** The mean cross-entropy on a batch of the further task, and its gradient. */
function taskGradient(
  { batch_size }: LearnObjective,
  { leg }: Leg,
  data: DataSet,
  context: RunContext,
): GradientAt {
  return (weights, step) => {
    const { count } = data.train;
    const random = Random.of(context.experiment.seed, 'leg', leg, 'batch', step);
    const rows = random.sample(count, Math.min(batch_size, count));
    return lossGradient(context, weights, data, rows);
  };
}

/** `weight` times the mean cross-entropy with the memory's labels on the samples that the step draws from it. */
function replay(
  weight: number,
  leg: Leg,
  index: number,
  kept: KeptFunction,
  context: RunContext,
): GradientAt {
  const memory = labelMemory(leg, index, context);
  const { samples } = leg.solver;
  return (weights, step) => {
    const draw = { leg: leg.leg, step, samples };
    const { inputs, labels } = drawLabelled(kept, memory, context, draw);
    return termGradient(context, weights, { inputs, loss: labelLoss(labels, weight) });
  };
}
