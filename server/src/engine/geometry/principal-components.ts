import { symmetricEigen } from './symmetric-eigen';

/** Points seen along the directions in which they differ most. */
export interface PrincipalComponents {
  /** Share of the variance along each component, falling. */
  explained: number[];
  /** Coordinates from the mean, a row for each point. */
  coordinates: number[][];
}

/** Reads the i-th vector; called again rather than that many be held. */
export type ReadVector = (index: number) => Float32Array;

/** Vectors held at once may have so many numbers in all: half a gigabyte. */
const HELD_NUMBERS = 2 ** 27;

/**
 * The first components of some long vectors, exact: from the eigenvectors of their small Gram matrix, in float64. Each
 * component's sign is such that its largest coordinate is positive.
 * @param held how many numbers of vectors may be held at once
 */
export function principalComponents(
  count: number,
  read: ReadVector,
  components: number,
  held = HELD_NUMBERS,
): PrincipalComponents {
  const gram = centred(differenceGram(count, read, held));
  const total = gram.reduce((sum, row, i) => sum + row[i]!, 0);
  const { values, vectors } = symmetricEigen(gram);
  const axes = Array.from({ length: components }, (_, axis) => {
    const length = Math.sqrt(Math.max(0, values[axis] ?? 0));
    return signed(vectors[axis] ?? new Float64Array(count)).map((value) => length * value);
  });
  const share = (axis: number) => (total > 0 ? Math.max(0, values[axis] ?? 0) / total : 0);
  return {
    explained: axes.map((_, axis) => share(axis)),
    coordinates: Array.from({ length: count }, (_, i) => axes.map((axis) => axis[i]!)),
  };
}

/**
 * (w_i - w_0).(w_j - w_0) for all pairs. Differences are taken before products: the vectors have most in common, and
 * what they have in common would drown what they have not. A block of vectors is held, the others are read past it.
 */
function differenceGram(count: number, read: ReadVector, held: number): Float64Array[] {
  const gram = Array.from({ length: count }, () => new Float64Array(count));
  const origin = count > 0 ? read(0) : new Float32Array();
  const block = Math.max(1, Math.floor(held / Math.max(1, origin.length)) - 2);
  for (let from = 0; from < count; from += block) {
    const rows = Array.from({ length: Math.min(block, count - from) }, (_, i) => read(from + i));
    for (let j = from; j < count; j++) {
      const other = rows[j - from] ?? read(j);
      rows.slice(0, j - from + 1).forEach((row, i) => {
        gram[from + i]![j] = gram[j]![from + i] = productOfDifferences(row, other, origin);
      });
    }
  }
  return gram;
}

function productOfDifferences(a: Float32Array, b: Float32Array, origin: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < origin.length; i++) sum += (a[i]! - origin[i]!) * (b[i]! - origin[i]!);
  return sum;
}

/** Moves the origin to the mean of all. */
function centred(gram: readonly Float64Array[]): Float64Array[] {
  const count = gram.length;
  const means = gram.map((row) => row.reduce((sum, value) => sum + value, 0) / count);
  const mean = means.reduce((sum, value) => sum + value, 0) / count;
  return gram.map((row, i) => row.map((value, j) => value - means[i]! - means[j]! + mean));
}

function signed(vector: Float64Array): Float64Array {
  const largest = vector.reduce(
    (best, value) => (Math.abs(value) > Math.abs(best) ? value : best),
    0,
  );
  return largest < 0 ? vector.map((value) => -value) : vector;
}
