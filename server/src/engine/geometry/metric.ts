import type { Backend, Tensor } from '../backends/backend';
import type { Embedding } from './distances/output-distance';
import type { Linearisation } from './linearisation';

/**
 * The metric g = A^T A with A = J / sqrt(N), seen from sample space, where vectors have N m numbers instead of n:
 * K = A A^T = J J^T / N has the same non-zero eigenvalues (Raghavan et al., Methods; the dual form is ours).
 */
export interface Metric {
  /** A v, [N, m], for v in weight space. */
  apply(direction: Float32Array): Tensor;
  /** A^T u, in weight space, for u [N, m]. */
  applyTransposed(u: Tensor): Promise<Float32Array>;
  /** K u, [N, m]. */
  kernel(u: Tensor): Tensor;
}

/**
 * The metric of an output distance, mean over the batch and summed over outputs.
 * @param uses about how many times `kernel` will be applied
 * @param embedding that of the distance, at the linearisation's outputs
 */
export function outputMetric(
  backend: Backend,
  linearisation: Linearisation,
  uses: number,
  embedding: Embedding,
): Metric {
  const { tangent, cotangent } = embedding;
  const samples = linearisation.outputs.shape[0] ?? 1;
  const kernel = linearisation.kernel(uses);
  return {
    ...maps(backend, linearisation, embedding),
    kernel: (u) => backend.tidy(() => backend.scale(tangent(kernel(cotangent(u))), 1 / samples)),
  };
}

/** The same metric where K [N m, N m] has been written out. */
export function writtenMetric(
  backend: Backend,
  linearisation: Linearisation,
  embedding: Embedding,
  matrix: Float64Array,
): Metric {
  const { size, shape } = linearisation.outputs;
  const written = backend.tensor(Float32Array.from(matrix), [size, size]);
  return {
    ...maps(backend, linearisation, embedding),
    kernel: (u) =>
      backend.tidy(() => {
        const product = backend.matMul(written, backend.reshape(u, [size, 1]));
        return backend.reshape(product, shape);
      }),
  };
}

/** A and its transpose. */
function maps(
  backend: Backend,
  linearisation: Linearisation,
  { tangent, cotangent }: Embedding,
): Pick<Metric, 'apply' | 'applyTransposed'> {
  const scale = 1 / Math.sqrt(linearisation.outputs.shape[0] ?? 1);
  return {
    apply: (direction) =>
      backend.tidy(() => backend.scale(tangent(linearisation.jvp(direction)), scale)),
    applyTransposed: (u) => linearisation.vjp(backend.scale(cotangent(u), scale)),
  };
}
