/** Small dense linear algebra in float64, for references in tests. */
import type { Matrix } from './reference-mlp';

export const times = (a: Matrix, x: ArrayLike<number>): number[] =>
  a.map((row) => row.reduce((sum, value, i) => sum + value * (x[i] ?? 0), 0));

export const transposed = (a: Matrix): Matrix =>
  (a[0] ?? []).map((_, j) => a.map((row) => row[j] ?? 0));

export const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);

export const norm = (a: ArrayLike<number>): number => Math.sqrt(dot(a, a));

export const minus = (a: ArrayLike<number>, b: ArrayLike<number>): number[] =>
  Array.from(a, (value, i) => value - (b[i] ?? 0));

/** |a - b| / |b| */
export const relativeError = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  norm(minus(a, b)) / norm(b);

/** A A^T */
export const gram = (a: Matrix): Matrix => a.map((row) => times(a, row));

/** Solves A x = b by Gaussian elimination with pivoting. */
export function solve(a: Matrix, b: readonly number[]): number[] {
  const rows = a.map((row, i) => [...row, b[i] ?? 0]);
  const n = rows.length;
  for (let k = 0; k < n; k++) {
    const pivot = rows
      .slice(k)
      .reduce(
        (best, row, i) => (Math.abs(row[k] ?? 0) > Math.abs(rows[best]?.[k] ?? 0) ? k + i : best),
        k,
      );
    [rows[k], rows[pivot]] = [rows[pivot] ?? [], rows[k] ?? []];
    const top = rows[k] ?? [];
    for (let i = k + 1; i < n; i++) {
      const row = rows[i] ?? [];
      const factor = (row[k] ?? 0) / (top[k] ?? 1);
      for (let j = k; j <= n; j++) row[j] = (row[j] ?? 0) - factor * (top[j] ?? 0);
    }
  }
  const x = new Array<number>(n).fill(0);
  for (let i = n - 1; i >= 0; i--) {
    const row = rows[i] ?? [];
    let sum = row[n] ?? 0;
    for (let j = i + 1; j < n; j++) sum -= (row[j] ?? 0) * (x[j] ?? 0);
    x[i] = sum / (row[i] ?? 1);
  }
  return x;
}

/** Eigenvalues of a symmetric matrix, falling, by cyclic Jacobi rotations. */
export function eigenvalues(a: Matrix): number[] {
  const m = a.map((row) => [...row]);
  const n = m.length;
  const at = (i: number, j: number) => m[i]?.[j] ?? 0;
  const set = (i: number, j: number, value: number) => {
    const row = m[i];
    if (row) row[j] = value;
  };
  for (let sweep = 0; sweep < 30; sweep++) {
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        if (Math.abs(at(p, q)) < 1e-300) continue;
        const angle = 0.5 * Math.atan2(2 * at(p, q), at(q, q) - at(p, p));
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        for (let k = 0; k < n; k++) {
          const [x, y] = [at(k, p), at(k, q)];
          set(k, p, c * x - s * y);
          set(k, q, s * x + c * y);
        }
        for (let k = 0; k < n; k++) {
          const [x, y] = [at(p, k), at(q, k)];
          set(p, k, c * x - s * y);
          set(q, k, s * x + c * y);
        }
      }
  }
  return m.map((_, i) => at(i, i)).sort((x, y) => y - x);
}
