import type { Backend, Tensor } from '../backends/backend';
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
 * The metric of the squared logit distance, mean over the batch and summed over outputs.
 * @param uses about how many times `kernel` will be applied
 */
export function logitsMetric(backend: Backend, linearisation: Linearisation, uses: number): Metric {
  const samples = linearisation.outputs.shape[0] ?? 1;
  const scale = 1 / Math.sqrt(samples);
  const kernel = linearisation.kernel(uses);
  return {
    apply: (direction) => backend.tidy(() => backend.scale(linearisation.jvp(direction), scale)),
    applyTransposed: (u) => linearisation.vjp(backend.scale(u, scale)),
    kernel: (u) => backend.tidy(() => backend.scale(kernel(u), 1 / samples)),
  };
}
