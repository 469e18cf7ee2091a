import type { FitObjective, Leg } from '../../../spec/experiment';
import type { DataSet } from '../../data/data-set';
import { linearise } from '../../geometry/linearisation';
import { outputsInChunks } from '../../metrics/outputs';
import { Random } from '../../random';
import { gatherInputs, gatherLabels, type RunContext } from '../../run-context';
import { applyMask } from '../../vector';
import { outputLoss } from '../losses/output-loss';
import { addWeightTerm } from '../losses/weight-terms';
import type { OtherNetwork } from '../weights-file';
import type { Objective, ObjectiveGradient } from './objective';
import { setLengthMoves } from './set-length';

/** Lower a loss of the user's own, a weighted sum of named terms; the direction is that of `learn`. */
export function fit(
  spec: FitObjective,
  { leg, solver }: Leg,
  data: DataSet,
  context: RunContext,
  teacher?: OtherNetwork,
): Objective {
  const moves = setLengthMoves(context.network.layout.size, spec.momentum, solver.steps);
  const gradient = (weights: Float32Array, step: number) => {
    const random = Random.of(context.experiment.seed, 'leg', leg, 'batch', step);
    const count = Math.min(spec.batch_size, data.train.count);
    const indices = random.sample(data.train.count, count);
    return fitGradient(spec, context, weights, batchOf(data, indices), teacher?.weights);
  };
  return {
    gradient,
    direction: async (weights, step, stepSize) =>
      moves.move(await gradient(weights, step), step, stepSize),
    present: (weights) => weights,
    warnings: teacher?.warnings ?? [],
    state: () => moves.state(),
    restore: (tensors) => moves.restore(tensors),
  };
}

/** Samples as a gradient takes them: inputs [N, features] and a label each. */
export interface FitBatch {
  inputs: Float32Array;
  labels: Int32Array;
}

function batchOf({ train }: DataSet, indices: Uint32Array): FitBatch {
  return { inputs: gatherInputs(train, indices), labels: gatherLabels(train, indices) };
}

/** The loss on a batch, and its gradient in weight space: J^T of that of the outputs, and that of the weights' own terms. */
export async function fitGradient(
  { loss, temperature }: Pick<FitObjective, 'loss' | 'temperature'>,
  context: RunContext,
  weights: Float32Array,
  { inputs, labels }: FitBatch,
  teacher?: Float32Array,
): Promise<ObjectiveGradient> {
  const { backend, network } = context;
  const said = teacher && (await outputsInChunks(context, teacher, inputs));
  const found = await backend.scope(async () => {
    const batch = backend.tensor(inputs, [labels.length, network.inputs]);
    const linearisation = linearise(backend, network, weights, batch);
    const outputs = await backend.read(linearisation.outputs);
    const seen = { outputs, labels, temperature, ...(said && { teacher: said }) };
    const { value, cotangent } = outputLoss(loss, seen);
    const { shape } = linearisation.outputs;
    return { value, gradient: await linearisation.vjp(backend.tensor(cotangent, shape)) };
  });
  for (const name of ['l1', 'l2'] as const)
    found.value += addWeightTerm(name, loss[name] ?? 0, network.layout, weights, found.gradient);
  if (context.free) applyMask(context.free, found.gradient);
  return found;
}
