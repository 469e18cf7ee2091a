import { linearise } from '../../geometry/linearisation';
import type { RunContext } from '../../run-context';
import { softmaxRows } from './softmax-rows';

/**
 * The gradient by the inputs of each sample's margin, log sum exp of the other outputs less that of the label, [N, features].
 * It has the direction of the gradient of the cross-entropy, and does not vanish where the network is sure of itself.
 */
export async function marginByInput(
  { backend, network }: Pick<RunContext, 'backend' | 'network'>,
  weights: Float32Array,
  inputs: Float32Array,
  labels: Int32Array,
): Promise<Float32Array> {
  return backend.scope(async () => {
    const batch = backend.tensor(inputs, [labels.length, network.inputs]);
    const place = linearise(backend, network, weights, batch);
    const { cotangent } = margins(await backend.read(place.outputs), labels);
    return backend.read(place.inputVjp(backend.tensor(cotangent, place.outputs.shape)));
  });
}

/** The sum of the margins of outputs [N, classes], and its derivative by the outputs. */
export function margins(
  outputs: Float32Array,
  labels: Int32Array,
): { value: number; cotangent: Float32Array } {
  const classes = outputs.length / labels.length;
  const others = outputs.slice();
  labels.forEach((label, row) => (others[row * classes + label] = -Infinity));
  const cotangent = Float32Array.from(softmaxRows(others, labels.length));
  let value = 0;
  labels.forEach((label, row) => {
    cotangent[row * classes + label] = -1;
    const scores = others.subarray(row * classes, (row + 1) * classes);
    value += logSumExp(scores) - (outputs[row * classes + label] ?? 0);
  });
  return { value, cotangent };
}

function logSumExp(scores: Float32Array): number {
  const largest = scores.reduce((a, b) => Math.max(a, b), -Infinity);
  return largest + Math.log(scores.reduce((sum, score) => sum + Math.exp(score - largest), 0));
}
