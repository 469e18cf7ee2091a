import { marginByInput, margins } from '../../metrics/attacks/margin';
import type { RunContext } from '../../run-context';
import { axpy, norm, scaleInPlace } from '../../vector';
import { termGradient } from '../losses/loss-terms';
import { drawKept, type KeptFunction } from '../kept-function';

/** Samples whose gradients by the inputs are taken at a step, at most. */
const SAMPLES = 64;
/** Length of the finite step in input space, relative to the inputs. */
const PROBE = 0.1;

/** Where a member stands, and the networks that an attacker may have made attacks on. */
export interface Evading {
  weights: Float32Array;
  others: readonly Float32Array[];
  leg: string;
  step: number;
}

/**
 * The direction, of length 1, in which attacks on other networks carry over less: down the slope of the member's margins
 * along the others' gradients by the inputs, sum_n sum_j dm/dx(x_n) . g_j(x_n) / |g_j(x_n)|, on samples of the memory. The
 * margins are those of what the leg's first network answers, so that no labels are needed.
 * @throws EngineError `fip/no-input-gradient` for networks that read tokens
 */
export async function evasion(
  context: RunContext,
  kept: KeptFunction,
  { weights, others, leg, step }: Evading,
): Promise<Float32Array> {
  const draw = { leg, step, samples: SAMPLES, further: 'evasion' };
  const { inputs, anchorOutputs, count } = await drawKept(kept, context, draw);
  const labels = answersOf(anchorOutputs, count);
  const gradients: Float32Array[] = [];
  for (const other of others) gradients.push(await marginByInput(context, other, inputs, labels));
  const probe = sumOfUnits(gradients, count);
  scaleInPlace((PROBE * norm(inputs)) / atLeastTiny(norm(probe)), probe);
  return slopeGradient(context, weights, { inputs, labels, probe });
}

/**
 * -d/dw of the slope of the margins along p, at length 1. The derivative by both x and w is taken as a central difference
 * in x of exact ones in w, sum_n m_n(x_n + p_n) - m_n(x_n - p_n).
 */
export async function slopeGradient(
  context: RunContext,
  weights: Float32Array,
  { inputs, labels, probe }: { inputs: Float32Array; labels: Int32Array; probe: Float32Array },
): Promise<Float32Array> {
  const loss = (outputs: Float32Array) => margins(outputs, labels);
  const gradientAt = async (sign: number) => {
    const moved = inputs.slice();
    axpy(sign, probe, moved);
    return (await termGradient(context, weights, { inputs: moved, loss })).gradient;
  };
  const direction = await gradientAt(-1);
  axpy(-1, await gradientAt(1), direction);
  scaleInPlace(1 / atLeastTiny(norm(direction)), direction);
  return direction;
}

/** The sum of vectors brought to length 1 at each of the samples, [N, features]; one of no length adds nothing there. */
export function sumOfUnits(vectors: readonly Float32Array[], count: number): Float32Array {
  const sum = new Float32Array(vectors[0]?.length ?? 0);
  const features = sum.length / count;
  for (const vector of vectors)
    for (let from = 0; from < sum.length; from += features) {
      const row = vector.subarray(from, from + features);
      axpy(1 / atLeastTiny(norm(row)), row, sum.subarray(from, from + features));
    }
  return sum;
}

/** The class of the largest output of each sample. */
function answersOf(outputs: Float32Array, count: number): Int32Array {
  const classes = outputs.length / count;
  return Int32Array.from({ length: count }, (_, row) => {
    const scores = outputs.subarray(row * classes, (row + 1) * classes);
    return scores.indexOf(scores.reduce((a, b) => Math.max(a, b), -Infinity));
  });
}

const atLeastTiny = (length: number) => Math.max(length, 1e-30);
