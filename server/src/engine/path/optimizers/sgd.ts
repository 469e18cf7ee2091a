import type { SgdOptimizer } from '../../../spec/experiment';
import { asTensor, restoreInto } from '../../saved-vector';
import type { UpdateRule } from './update-rule';

const MOMENTUM = 'optimizer.momentum';

/**
 * d = g + decay w; b <- momentum b + d; w <- w - rate b, or with Nesterov's look-ahead w <- w - rate (d + momentum b):
 * torch.optim.SGD without dampening.
 */
export function sgd(spec: SgdOptimizer, size: number): UpdateRule {
  const { momentum, nesterov, weight_decay: decay } = spec;
  const buffer = new Float32Array(size);
  return {
    apply: (weights, gradient, rate) => {
      for (let i = 0; i < weights.length; i++) {
        const weight = weights[i] ?? 0;
        const slope = (gradient[i] ?? 0) + decay * weight;
        const carried = momentum * (buffer[i] ?? 0) + slope;
        buffer[i] = carried;
        weights[i] = weight - rate * (nesterov ? slope + momentum * carried : carried);
      }
    },
    state: () => [asTensor(MOMENTUM, buffer)],
    restore: (tensors) => restoreInto(buffer, tensors, MOMENTUM),
  };
}
