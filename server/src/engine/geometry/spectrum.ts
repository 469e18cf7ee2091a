import type { Backend, Tensor } from '../backends/backend';
import type { Random } from '../random';
import { dot, orthogonalise } from './lanczos';
import { symmetricTridiagonalEigenvalues } from './tridiagonal';

/**
 * The largest eigenvalues of a symmetric operator on [N, m] tensors, in falling order, by Lanczos with full
 * reorthogonalisation in float64 (without it, float32 products bring converged eigenvalues back as ghosts).
 */
export async function largestEigenvalues(
  backend: Backend,
  operator: (u: Tensor) => Tensor,
  shape: readonly number[],
  iterations: number,
  random: Random,
): Promise<number[]> {
  const size = shape.reduce((a, b) => a * b, 1);
  const basis: Float64Array[] = [];
  const diagonal: number[] = [];
  const offDiagonal: number[] = [];
  let vector = normalised(Float64Array.from({ length: size }, () => random.normal()));
  for (let step = 0; step < Math.min(iterations, size); step++) {
    basis.push(vector);
    const product = await applyTo(backend, operator, shape, vector);
    diagonal.push(dot(product, vector));
    orthogonalise(product, basis);
    const norm = Math.sqrt(dot(product, product));
    if (norm < 1e-6 * Math.abs(diagonal[0] ?? 0)) break;
    offDiagonal.push(norm);
    vector = product.map((value) => value / norm);
  }
  return symmetricTridiagonalEigenvalues(diagonal, offDiagonal).reverse();
}

/** The operator on a vector of the host. */
export async function applyTo(
  backend: Backend,
  operator: (u: Tensor) => Tensor,
  shape: readonly number[],
  vector: Float64Array,
): Promise<Float64Array> {
  const product = backend.tidy(() => operator(backend.tensor(Float32Array.from(vector), shape)));
  const values = await backend.read(product);
  backend.dispose(product);
  return Float64Array.from(values);
}

function normalised(vector: Float64Array): Float64Array {
  const norm = Math.sqrt(dot(vector, vector));
  return vector.map((value) => value / norm);
}
