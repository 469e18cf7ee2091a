import { outputsOf } from '../network/forward';
import { upload, type Network } from '../network/network';
import { sizeOf } from '../network/layers/unary';
import type { RunContext } from '../run-context';

/** Samples in one forward pass of a measurement, at most. */
const CHUNK = 1000;
/** Numbers that all layers together give out in such a pass, at most: a quarter of a gigabyte. */
const CHUNK_NUMBERS = 2 ** 26;

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
    const chunk = chunkOf(network);
    for (let from = 0; from < count; from += chunk) {
      const rows = Math.min(chunk, count - from);
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

/** Large enough to be fast, small enough for any memory. */
function chunkOf({ nodes }: Network): number {
  const numbers = nodes.reduce((sum, { layer }) => sum + sizeOf(layer.outputShape), 0);
  return Math.min(CHUNK, Math.max(1, Math.floor(CHUNK_NUMBERS / numbers)));
}
