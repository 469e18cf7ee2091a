import type { Backend } from '../backends/backend';
import { cholesky, solveTriangular } from './cholesky';
import type { SampleProblem, SampleSolution } from './sample-problem';

/** What is added to lambda, relative to K's mean diagonal, where rounding has made K + lambda indefinite. */
const ROUNDING = 1e-7;

/**
 * Solves (K + lambda) z = b exactly, by one factorisation in float64; all NaN where K is no longer finite.
 * @param matrix K, [N m, N m] row-major
 */
export async function solveDirectly(
  backend: Backend,
  matrix: Float64Array,
  { damping, rightHandSide }: SampleProblem,
): Promise<SampleSolution> {
  const { shape, size } = rightHandSide;
  const right = await backend.read(rightHandSide);
  const factor = factorised(matrix, size, damping);
  const z = factor ? solveTriangular(factor, right) : new Float64Array(size).fill(Number.NaN);
  const kz = times(matrix, z);
  const residual = right.map((value, i) => value - kz[i]! - damping * z[i]!);
  const first = energy(matrix, right);
  return {
    z: backend.tensor(Float32Array.from(z), shape),
    residual: backend.tensor(residual, shape),
    iterations: 0,
    first,
    relativeResidual: first > 0 ? Math.sqrt(Math.max(energy(matrix, residual), 0) / first) : 0,
  };
}

/**
 * K comes out of float32 products: its smallest eigenvalues can be below 0 by their rounding. Undefined where it is no
 * longer a number.
 */
function factorised(matrix: Float64Array, size: number, damping: number): Float64Array | undefined {
  let trace = 0;
  for (let i = 0; i < size; i++) trace += matrix[i * size + i]!;
  let added = 0;
  while (Number.isFinite(trace)) {
    const factor = cholesky(matrix, size, damping + added);
    if (factor) return factor;
    added = Math.max(10 * added, (ROUNDING * trace) / size, Number.MIN_VALUE);
  }
  return undefined;
}

/** u^T K u, that is |A^T u|^2 */
function energy(matrix: Float64Array, u: ArrayLike<number>): number {
  const product = times(matrix, u);
  let sum = 0;
  for (let i = 0; i < product.length; i++) sum += product[i]! * u[i]!;
  return sum;
}

function times(matrix: Float64Array, u: ArrayLike<number>): Float64Array {
  const size = u.length;
  const product = new Float64Array(size);
  for (let row = 0; row < size; row++) {
    let sum = 0;
    for (let i = 0; i < size; i++) sum += matrix[row * size + i]! * u[i]!;
    product[row] = sum;
  }
  return product;
}
