import type { DataSet } from '../data/data-set';
import { linearise } from '../geometry/linearisation';
import { gatherInputs, gatherLabels, type RunContext } from '../run-context';
import { crossEntropy } from './cross-entropy';

/** Mean cross-entropy on some training samples and its gradient in weight space. */
export async function lossGradient(
  { backend, network }: RunContext,
  weights: Float32Array,
  data: DataSet,
  indices: Uint32Array,
): Promise<{ value: number; gradient: Float32Array }> {
  const inputs = gatherInputs(data.train, indices);
  const labels = gatherLabels(data.train, indices);
  return backend.scope(async () => {
    const batch = backend.tensor(inputs, [indices.length, network.inputs]);
    const linearisation = linearise(backend, network, weights, batch);
    const logits = await backend.read(linearisation.outputs);
    const { loss, cotangent } = crossEntropy(logits, labels);
    const gradient = await linearisation.vjp(
      backend.tensor(cotangent, linearisation.outputs.shape),
    );
    return { value: loss, gradient };
  });
}
