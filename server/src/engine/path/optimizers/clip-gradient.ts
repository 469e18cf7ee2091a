import { norm, scaleInPlace } from '../../vector';

/** Keeps the share from 0 / 0, and is PyTorch's. */
const TINY = 1e-6;

/** Scales a gradient in place to an L2 norm of at most `limit`, as torch.nn.utils.clip_grad_norm_; the sum is in float64. */
export function clipGradient(gradient: Float32Array, limit: number): void {
  const factor = limit / (norm(gradient) + TINY);
  if (factor < 1) scaleInPlace(factor, gradient);
}
