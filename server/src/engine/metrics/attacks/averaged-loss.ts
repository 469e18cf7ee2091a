import { linearise } from '../../geometry/linearisation';
import type { RunContext } from '../../run-context';
import type { LossByInput } from './attack';
import { softmaxRows } from './softmax-rows';

/** Float32 has no logarithm of less. */
const SMALLEST = 1e-37;

type Computing = Pick<RunContext, 'backend' | 'network'>;

/**
 * The loss of networks that answer together, -log of the mean of their probabilities of the label, and its gradient by the
 * inputs. Of one network it is the cross-entropy. Where the label's logit is ahead of all others by more than about 100,
 * both are 0 in float32, and no attack by gradients finds a way.
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
      const probabilities = logits.map((values) => softmaxRows(values, labels.length));
      const beliefs = probabilities.map((own) => beliefsOf(own, labels));
      const together = averageOf(beliefs);
      const gradient = new Float32Array(inputs.length);
      for (const [member, place] of places.entries()) {
        const own = probabilities[member] ?? new Float64Array();
        const mine = beliefs[member] ?? [];
        const cotangent = cotangentOf(own, mine, together, labels, members.length);
        const part = place.inputVjp(backend.tensor(cotangent, place.outputs.shape));
        (await backend.read(part)).forEach(
          (value, i) => (gradient[i] = (gradient[i] ?? 0) + value),
        );
      }
      return { losses: Float32Array.from(together, lossOf), gradient };
    });
}

/** The class that networks answer together, by the mean of their probabilities. */
export function averagedAnswers(logits: readonly Float32Array[], count: number): Int32Array {
  const probabilities = logits.map((values) => softmaxRows(values, count));
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

/** What is thought of a sample's label: its probability p, and 1 - p as the sum over the other classes, which rounds nothing away. */
interface Belief {
  right: number;
  wrong: number;
}

function beliefsOf(probabilities: Float64Array, labels: Int32Array): Belief[] {
  const classes = probabilities.length / labels.length;
  return Array.from(labels, (label, row) => {
    const own = probabilities.subarray(row * classes, (row + 1) * classes);
    const wrong = own.reduce((sum, share, k) => (k === label ? sum : sum + share), 0);
    return { right: own[label] ?? 0, wrong };
  });
}

/** The mean over the members, the probability never quite 0. */
function averageOf(beliefs: readonly (readonly Belief[])[]): Belief[] {
  const count = beliefs.length;
  return (beliefs[0] ?? []).map((_, row) => {
    const mean = (part: keyof Belief) =>
      beliefs.reduce((sum, own) => sum + (own[row]?.[part] ?? 0), 0) / count;
    return { right: Math.max(mean('right'), SMALLEST), wrong: mean('wrong') };
  });
}

const lossOf = ({ right, wrong }: Belief): number =>
  wrong < 0.5 ? -Math.log1p(-wrong) : -Math.log(right);

/** d(-log p)/d logits of one member: (q_y / (M p)) (q - e_y), q its probabilities and p the mean of that of the label. */
function cotangentOf(
  own: Float64Array,
  beliefs: readonly Belief[],
  together: readonly Belief[],
  labels: Int32Array,
  members: number,
): Float32Array {
  const classes = own.length / labels.length;
  return Float32Array.from(own, (probability, i) => {
    const row = Math.floor(i / classes);
    const { right, wrong } = beliefs[row] ?? { right: 0, wrong: 0 };
    const share = right / (members * (together[row]?.right ?? 1));
    return share * (i % classes === labels[row] ? -wrong : probability);
  });
}
