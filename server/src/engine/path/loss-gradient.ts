import type { DataSet } from '../data/data-set';
import { linearise } from '../geometry/linearisation';
import type { ForwardContext } from '../network/layers/layer';
import { readMeasured, type Measured } from '../network/statistics';
import { gatherInputs, gatherLabels, type RunContext } from '../run-context';
import { applyMask } from '../vector';
import { crossEntropy } from './cross-entropy';

export interface LossGradient {
  /** Mean cross-entropy, in nats. */
  value: number;
  gradient: Float32Array;
  /** What batch norms measured; empty outside of training. */
  measured: Measured;
}

/**
 * Mean cross-entropy on some training samples and its gradient in weight space, 0 for weights that are not free.
 * @param training present while the first network is trained, see `ForwardContext`
 */
export async function lossGradient(
  { backend, network, free }: RunContext,
  weights: Float32Array,
  data: Pick<DataSet, 'train'>,
  indices: Uint32Array,
  training?: ForwardContext['training'],
): Promise<LossGradient> {
  const inputs = gatherInputs(data.train, indices);
  const labels = gatherLabels(data.train, indices);
  return backend.scope(async () => {
    const batch = backend.tensor(inputs, [indices.length, network.inputs]);
    const linearisation = linearise(backend, network, weights, batch, training);
    const { outputs, points } = linearisation;
    const { loss, cotangent } = crossEntropy(await backend.read(outputs), labels);
    const gradient = await linearisation.vjp(backend.tensor(cotangent, outputs.shape));
    if (free) applyMask(free, gradient);
    const measured = training
      ? await readMeasured(backend, network, points)
      : new Map<number, Float32Array>();
    return { value: loss, gradient, measured };
  });
}
