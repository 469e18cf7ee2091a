/** An eigenvalue of a symmetric tridiagonal matrix, and the last component of its normalised eigenvector. */
export interface RitzValue {
  value: number;
  last: number;
}

/** A sweep of QL halves the error three times over; so many are never needed. */
const MOST_SWEEPS = 60;

/**
 * Eigenvalues of the symmetric tridiagonal matrix with this diagonal and off-diagonal, falling, by implicit QL (Golub
 * and Van Loan, section 8.3). Of the eigenvectors only the last row is kept, which is all that Lanczos needs: beta times
 * it bounds the distance of a value from an eigenvalue of the operator.
 */
export function ritzValues(
  diagonal: readonly number[],
  offDiagonal: readonly number[],
): RitzValue[] {
  const size = diagonal.length;
  const d = Float64Array.from(diagonal);
  const e = Float64Array.from({ length: size }, (_, i) =>
    i < size - 1 ? (offDiagonal[i] ?? 0) : 0,
  );
  const row = new Float64Array(size);
  row[size - 1] = 1;
  for (let first = 0; first < size; first++) settle(first, d, e, row);
  const pairs = Array.from(d, (value, i) => ({ value, last: row[i]! }));
  return pairs.sort((a, b) => b.value - a.value);
}

/** Sweeps until d[first] is an eigenvalue. */
function settle(first: number, d: Float64Array, e: Float64Array, row: Float64Array): void {
  for (let sweeps = 0; sweeps < MOST_SWEEPS; sweeps++) {
    const end = blockEnd(first, d, e);
    if (end === first) return;
    sweep(first, end, d, e, row);
  }
}

/** The last index that is coupled with `first`. */
function blockEnd(first: number, d: Float64Array, e: Float64Array): number {
  let end = first;
  while (end < d.length - 1) {
    if (Math.abs(e[end]!) <= Number.EPSILON * (Math.abs(d[end]!) + Math.abs(d[end + 1]!))) break;
    end++;
  }
  return end;
}

/** One QL step with Wilkinson's shift on the block from `first` to `end`. */
function sweep(
  first: number,
  end: number,
  d: Float64Array,
  e: Float64Array,
  row: Float64Array,
): void {
  const slope = (d[first + 1]! - d[first]!) / (2 * e[first]!);
  const root = Math.hypot(slope, 1);
  let g = d[end]! - d[first]! + e[first]! / (slope + (slope < 0 ? -root : root));
  let [s, c, p] = [1, 1, 0];
  for (let i = end - 1; i >= first; i--) {
    const [f, b] = [s * e[i]!, c * e[i]!];
    const r = Math.hypot(f, g);
    e[i + 1] = r;
    if (r === 0) {
      d[i + 1]! -= p;
      e[end] = 0;
      return;
    }
    [s, c] = [f / r, g / r];
    g = d[i + 1]! - p;
    const t = (d[i]! - g) * s + 2 * c * b;
    p = s * t;
    d[i + 1] = g + p;
    g = c * t - b;
    const [upper, lower] = [row[i]!, row[i + 1]!];
    row[i + 1] = s * upper + c * lower;
    row[i] = c * upper - s * lower;
  }
  d[first]! -= p;
  e[first] = g;
  e[end] = 0;
}
