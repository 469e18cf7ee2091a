import { linearise } from '../../geometry/linearisation';
import { gatherInputs, type RunContext } from '../../run-context';

/** Classes that are less likely than this add next to nothing, and a backward pass each. */
const NEGLIGIBLE = 1e-6;

/**
 * The diagonal of the true Fisher information at these weights, the mean over samples x of
 * sum over classes c of p(c | x) (d log p(c | x) / dw)^2: over what the network itself predicts, not over labels.
 * @param inputs [count, features]
 * @returns undefined where the user stopped the run
 */
export async function fisherDiagonal(
  context: RunContext,
  weights: Float32Array,
  inputs: Float32Array,
): Promise<Float32Array | undefined> {
  const { network, host } = context;
  const count = inputs.length / network.inputs;
  const sum = new Float64Array(weights.length);
  for (let row = 0; row < count; row++) {
    if (host.shouldStop()) return undefined;
    const sample = gatherInputs({ count, inputs, labels: new Int32Array() }, [row]);
    await addSample(context, weights, sample, sum);
  }
  return Float32Array.from(sum, (value) => value / Math.max(count, 1));
}

/** d log p(c) / d logits = e_c - p. */
async function addSample(
  { backend, network }: RunContext,
  weights: Float32Array,
  sample: Float32Array,
  sum: Float64Array,
): Promise<void> {
  await backend.scope(async () => {
    const input = backend.tensor(sample, [1, network.inputs]);
    const linearisation = linearise(backend, network, weights, input);
    const { outputs } = linearisation;
    const probabilities = await backend.read(backend.softmax(outputs));
    for (const [c, probability] of probabilities.entries()) {
      if (probability < NEGLIGIBLE) continue;
      const score = probabilities.map((p, k) => (k === c ? 1 : 0) - p);
      const gradient = await linearisation.vjp(backend.tensor(score, outputs.shape));
      gradient.forEach((g, i) => (sum[i] = (sum[i] ?? 0) + probability * g * g));
    }
  });
}
