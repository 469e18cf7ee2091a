import type { Backend, Tensor } from '../../backends/backend';
import { norm, scaleInPlace } from '../../vector';

/** Keeps the share from 0 / 0, and is PyTorch's. */
const TINY = 1e-6;

/** Scales a gradient in place to an L2 norm of at most `limit`, as torch.nn.utils.clip_grad_norm_; the sum is in float64. */
export function clipGradient(gradient: Float32Array, limit: number): void {
  const factor = limit / (norm(gradient) + TINY);
  if (factor < 1) scaleInPlace(factor, gradient);
}

/** The same for a gradient that lies on the device in several arrays; the sums are in float32. */
export function clippedGradient(
  backend: Backend,
  gradient: readonly Tensor[],
  limit: number,
): Tensor[] {
  const scalar = (value: number) => backend.tensor(Float32Array.of(value), []);
  const squares = gradient.map((part) => backend.dot(part, part));
  const total = squares.reduce((sum, square) => backend.add(sum, square), scalar(0));
  const length = backend.add(backend.sqrt(total), scalar(TINY));
  // No gradient is made longer: the divisor is the limit at least.
  const factor = backend.divide(scalar(limit), backend.maximum(length, scalar(limit)));
  return gradient.map((part) => backend.multiply(part, factor));
}
