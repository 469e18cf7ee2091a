import type { Random } from '../random';
import { DenseOperator } from './dense-operator';
import { dot, Lanczos, orthogonalise, type HostOperator } from './lanczos';

/** What is known of the eigenvalues of a symmetric, positive semi-definite operator. */
export interface OperatorSpectrum {
  /** The largest ones, falling. */
  values: number[];
  /** How many of them are converged: see `isConverged`. */
  converged: number;
  /** How many eigenvalues are larger than a thousandth of the largest, at least. */
  large: number;
  /** Whether that is their number. */
  largeIsExact: boolean;
  /** The sum of all eigenvalues. */
  trace: number;
  /** (sum l)^2 / sum l^2, the number of eigenvalues that would do the same if all were equal. */
  effectiveRank: number;
  /** One standard error of the effective rank; 0 where the whole operator was diagonalised. */
  effectiveRankError: number;
}

/** An operator of this size or smaller is diagonalised whole. */
const WHOLE = 256;
/** Lanczos steps, at most: this or ten for each value asked for. */
const MOST_STEPS = 400;
/** Steps from one look at the Ritz values to the next. */
const LOOK_EVERY = 10;
/** Random vectors for the part of the traces that the Lanczos basis leaves out. */
const PROBES = 32;
/** Eigenvalues below this part of the largest are counted as small. */
const LARGE = 1e-3;

/**
 * The spectrum of an operator of `size` rows. Lanczos stops once the `count` largest values are converged and the number
 * of large ones is settled, or after ten steps for each value asked for, at least 400.
 *
 * Written out (`dense`), which takes `size` products, the operator has exact traces and an exact number of large
 * eigenvalues. Else the traces come in two parts, tr f(K) = tr Q^T f(K) Q + tr P f(K) P with P = I - Q Q^T. The first is
 * exact from the Lanczos basis Q, the second is Hutchinson's estimate, which has little left to estimate as Q holds what
 * is large (Meyer, Musco, Musco and Woodruff, Hutch++, 2021).
 */
export async function operatorSpectrum(
  operator: HostOperator,
  size: number,
  { count, dense, random }: { count: number; dense: boolean; random: Random },
): Promise<OperatorSpectrum> {
  const matrix = dense ? await DenseOperator.of(operator, size) : undefined;
  const wanted = Math.min(count, size);
  const lanczos = new Lanczos(matrix?.times ?? operator, size, random);
  const found = await diagonalised(lanczos, size, wanted, matrix !== undefined);
  if (!matrix) return { ...found, ...(await traces(operator, lanczos, size, random)) };
  const { trace, squaredTrace } = matrix;
  const effectiveRank = squaredTrace > 0 ? trace ** 2 / squaredTrace : 0;
  const large = found.largeIsExact
    ? found.large
    : matrix.countAbove(LARGE * (found.values[0] ?? 0));
  return { ...found, large, largeIsExact: true, trace, effectiveRank, effectiveRankError: 0 };
}

/** @param countsLater whether the number of large values need not be settled here */
async function diagonalised(
  lanczos: Lanczos,
  size: number,
  wanted: number,
  countsLater: boolean,
): Promise<Judged> {
  const most = Math.min(size, Math.max(MOST_STEPS, 10 * wanted));
  let found = judged([], wanted);
  const isEnough = () => found.converged === wanted && (countsLater || found.largeIsExact);
  while (lanczos.basis.length < most && !(size > WHOLE && isEnough())) {
    await lanczos.step();
    if (lanczos.basis.length % LOOK_EVERY === 0 || lanczos.basis.length === most)
      found = judged(lanczos.values(), wanted);
  }
  if (lanczos.basis.length === size) found.largeIsExact = true;
  return found;
}

type Judged = Pick<OperatorSpectrum, 'values' | 'converged' | 'large' | 'largeIsExact'>;

function judged(ritz: readonly { value: number; residual: number }[], wanted: number): Judged {
  const largest = ritz[0]?.value ?? 0;
  const open = ritz.findIndex(({ value, residual }) => !isConverged(value, residual, largest));
  const converged = Math.min(wanted, open < 0 ? ritz.length : open);
  const values = ritz.slice(0, wanted).map(({ value }) => Math.max(0, value));
  const bound = LARGE * largest;
  const surely = ritz.findIndex(
    ({ value, residual }) => value - residual <= bound || !isConverged(value, residual, largest),
  );
  const next = ritz[surely];
  // A first value that is surely small, with all before it surely large.
  const largeIsExact = next !== undefined && next.value + next.residual <= bound;
  return { values, converged, large: surely < 0 ? ritz.length : surely, largeIsExact };
}

/** A Ritz value known to a ten-thousandth of itself, or of the largest to a millionth: float32 gives no more. */
function isConverged(value: number, residual: number, largest: number): boolean {
  return residual <= Math.max(1e-4 * value, 1e-6 * largest);
}

async function traces(
  operator: HostOperator,
  { basis, trace, squaredTrace }: Lanczos,
  size: number,
  random: Random,
): Promise<Pick<OperatorSpectrum, 'trace' | 'effectiveRank' | 'effectiveRankError'>> {
  const probes: [number, number][] = [];
  if (basis.length < size)
    for (let i = 0; i < PROBES; i++) probes.push(await probe(operator, basis, size, random));
  const mean = (of: (probe: [number, number]) => number) =>
    probes.reduce((sum, one) => sum + of(one), 0) / Math.max(probes.length, 1);
  const sum = trace + mean(([first]) => first);
  const squares = squaredTrace + mean(([, second]) => second);
  const rank = squares > 0 ? sum ** 2 / squares : 0;
  // d(sum^2 / squares) = rank (2 d sum / sum - d squares / squares), probe by probe.
  const change = ([first, second]: [number, number]) => (2 * first) / sum - second / squares;
  const middle = mean(change);
  const variance = mean((one) => (change(one) - middle) ** 2);
  const error = squares > 0 ? rank * Math.sqrt(variance / Math.max(probes.length - 1, 1)) : 0;
  return { trace: sum, effectiveRank: rank, effectiveRankError: error };
}

/** z^T K z and |K z|^2 for a random vector of signs less its part in the basis. */
async function probe(
  operator: HostOperator,
  basis: readonly Float64Array[],
  size: number,
  random: Random,
): Promise<[number, number]> {
  const vector = Float64Array.from({ length: size }, () => (random.next() < 0.5 ? -1 : 1));
  orthogonalise(vector, basis);
  const product = await operator(vector);
  return [dot(vector, product), dot(product, product)];
}
