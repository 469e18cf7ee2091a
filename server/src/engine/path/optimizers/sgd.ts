import type { SgdOptimizer } from '../../../spec/experiment';
import { at } from '../../network/layers/unary';
import { asTensor, restoreInto } from '../../saved-vector';
import type { DeviceRule, UpdateRule } from './update-rule';

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

/** The same on the device. */
export function sgdOnDevice(spec: SgdOptimizer): DeviceRule {
  const { momentum, nesterov, weight_decay: decay } = spec;
  return {
    moments: [MOMENTUM],
    apply(backend, { weight, moments }, gradient, rate) {
      const buffer = at(moments, 0);
      const slope = decay > 0 ? backend.add(gradient, backend.scale(weight, decay)) : gradient;
      const carried = backend.add(backend.scale(buffer, momentum), slope);
      const move = nesterov ? backend.add(slope, backend.scale(carried, momentum)) : carried;
      return { weight: backend.subtract(weight, backend.scale(move, rate)), moments: [carried] };
    },
  };
}
