import type { Backend, Tensor } from '../backends/backend';
import type { Random } from '../random';
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

async function applyTo(
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

/** Removes the components along the basis, twice, as one pass leaves rounding behind. */
function orthogonalise(vector: Float64Array, basis: readonly Float64Array[]): void {
  for (let pass = 0; pass < 2; pass++) {
    for (const direction of basis) {
      const component = dot(vector, direction);
      for (let i = 0; i < vector.length; i++)
        vector[i] = (vector[i] ?? 0) - component * (direction[i] ?? 0);
    }
  }
}

function normalised(vector: Float64Array): Float64Array {
  const norm = Math.sqrt(dot(vector, vector));
  return vector.map((value) => value / norm);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
