/** The eigenvalues of a symmetric matrix, falling, and a unit eigenvector for each. */
export interface SymmetricEigen {
  values: number[];
  vectors: Float64Array[];
}

const MOST_SWEEPS = 50;

/** All eigenvalues and eigenvectors of a small symmetric matrix, by cyclic Jacobi rotations (Golub and Van Loan, 8.5). */
export function symmetricEigen(matrix: readonly Float64Array[]): SymmetricEigen {
  const a = matrix.map((row) => row.slice());
  const vectors = a.map((_, i) =>
    Float64Array.from({ length: a.length }, (__, j) => Number(i === j)),
  );
  for (let sweep = 0; sweep < MOST_SWEEPS && !isDiagonal(a); sweep++)
    for (let p = 0; p < a.length; p++)
      for (let q = p + 1; q < a.length; q++) rotate(a, vectors, p, q);
  const order = a.map((_, i) => i).sort((i, j) => a[j]![j]! - a[i]![i]!);
  return { values: order.map((i) => a[i]![i]!), vectors: order.map((i) => vectors[i]!) };
}

/** To the last bit of its largest entry. */
function isDiagonal(a: readonly Float64Array[]): boolean {
  const largest = Math.max(...a.map((row, i) => Math.abs(row[i]!)));
  return a.every((row, i) =>
    row.every((value, j) => i === j || Math.abs(value) <= Number.EPSILON * largest),
  );
}

/** Makes a[p][q] zero. `vectors` are rows. */
function rotate(a: Float64Array[], vectors: Float64Array[], p: number, q: number): void {
  const [rowP, rowQ] = [a[p]!, a[q]!];
  if (rowP[q] === 0) return;
  const angle = 0.5 * Math.atan2(2 * rowP[q]!, rowQ[q]! - rowP[p]!);
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  for (const row of a) {
    const [x, y] = [row[p]!, row[q]!];
    row[p] = c * x - s * y;
    row[q] = s * x + c * y;
  }
  turn(rowP, rowQ, c, s);
  turn(vectors[p]!, vectors[q]!, c, s);
}

function turn(first: Float64Array, second: Float64Array, c: number, s: number): void {
  for (let i = 0; i < first.length; i++) {
    const [x, y] = [first[i]!, second[i]!];
    first[i] = c * x - s * y;
    second[i] = s * x + c * y;
  }
}
