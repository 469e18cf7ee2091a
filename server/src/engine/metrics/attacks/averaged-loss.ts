import { linearise } from '../../geometry/linearisation';
import type { RunContext } from '../../run-context';
import type { LossByInput } from './attack';

/** Float32 has no logarithm of less. */
const SMALLEST = 1e-37;

type Computing = Pick<RunContext, 'backend' | 'network'>;

/**
 * The loss of networks that answer together, -log of the mean of their probabilities of the label, and its gradient by the
 * inputs. Of one network it is the cross-entropy.
 * @param members flat vectors of weights
 */
export function averagedLoss(
  { backend, network }: Computing,
  members: readonly Float32Array[],
  labels: Int32Array,
): LossByInput {
  return (inputs) =>
    backend.scope(async () => {
      const batch = backend.tensor(inputs, [labels.length, network.inputs]);
      const places = members.map((weights) => linearise(backend, network, weights, batch));
      const logits = [];
      for (const { outputs } of places) logits.push(await backend.read(outputs));
      const probabilities = logits.map((values) => softmax(values, labels.length));
      const together = averageOf(probabilities, labels);
      const gradient = new Float32Array(inputs.length);
      for (const [member, place] of places.entries()) {
        const own = probabilities[member] ?? new Float32Array();
        const cotangent = cotangentOf(own, together, labels, members.length);
        const part = place.inputVjp(backend.tensor(cotangent, place.outputs.shape));
        (await backend.read(part)).forEach(
          (value, i) => (gradient[i] = (gradient[i] ?? 0) + value),
        );
      }
      return { losses: together.map((probability) => -Math.log(probability)), gradient };
    });
}

/** The class that networks answer together, by the mean of their probabilities. */
export function averagedAnswers(logits: readonly Float32Array[], count: number): Int32Array {
  const probabilities = logits.map((values) => softmax(values, count));
  const classes = (logits[0]?.length ?? 0) / count;
  return Int32Array.from({ length: count }, (_, row) => {
    let [best, most] = [0, -1];
    for (let k = 0; k < classes; k++) {
      const sum = probabilities.reduce((total, own) => total + (own[row * classes + k] ?? 0), 0);
      if (sum > most) [best, most] = [k, sum];
    }
    return best;
  });
}

function softmax(logits: Float32Array, count: number): Float32Array {
  const classes = logits.length / count;
  const probabilities = new Float32Array(logits.length);
  for (let row = 0; row < count; row++) {
    const scores = logits.subarray(row * classes, (row + 1) * classes);
    const largest = scores.reduce((a, b) => Math.max(a, b), -Infinity);
    const powers = scores.map((score) => Math.exp(score - largest));
    const sum = powers.reduce((a, b) => a + b, 0);
    probabilities.set(
      powers.map((power) => power / sum),
      row * classes,
    );
  }
  return probabilities;
}

/** Mean probability of each sample's label, never quite 0. */
function averageOf(probabilities: readonly Float32Array[], labels: Int32Array): Float32Array {
  const classes = (probabilities[0]?.length ?? 0) / labels.length;
  return Float32Array.from(labels, (label, row) => {
    const sum = probabilities.reduce((total, own) => total + (own[row * classes + label] ?? 0), 0);
    return Math.max(sum / probabilities.length, SMALLEST);
  });
}

/** d(-log p)/d logits of one member: (q_y / (M p)) (q - e_y), q its probabilities and p the mean of that of the label. */
function cotangentOf(
  own: Float32Array,
  together: Float32Array,
  labels: Int32Array,
  members: number,
): Float32Array {
  const classes = own.length / labels.length;
  return own.map((probability, i) => {
    const row = Math.floor(i / classes);
    const label = labels[row] ?? 0;
    const share = (own[row * classes + label] ?? 0) / (members * (together[row] ?? 1));
    return share * (probability - (i % classes === label ? 1 : 0));
  });
}
