import { outputsOf, upload } from '../network/network';
import type { RunContext } from '../run-context';

/** Samples in one forward pass of a measurement: large enough to be fast, small enough for any memory. */
const CHUNK = 1000;

/** f(X, w) for inputs [count, features], as [count, outputs], row-major. */
export async function outputsInChunks(
  { backend, network }: RunContext,
  weights: Float32Array,
  inputs: Float32Array,
): Promise<Float32Array> {
  const count = inputs.length / network.inputs;
  const outputs = new Float32Array(count * network.outputs);
  await backend.scope(async () => {
    const parameters = upload(backend, network, weights);
    for (let from = 0; from < count; from += CHUNK) {
      const rows = Math.min(CHUNK, count - from);
      const part = inputs.subarray(from * network.inputs, (from + rows) * network.inputs);
      await backend.scope(async () => {
        const batch = backend.tensor(part, [rows, network.inputs]);
        const values = await backend.read(outputsOf(backend, network, parameters, batch));
        outputs.set(values, from * network.outputs);
      });
    }
  });
  return outputs;
}
