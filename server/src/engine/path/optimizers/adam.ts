import type { Tensor } from '../../backends/backend';
import type { AdamOptimizer, AdamWOptimizer } from '../../../spec/experiment';
import { at } from '../../network/layers/unary';
import { asTensor, restoreInto } from '../../saved-vector';
import type { DeviceRule, UpdateRule } from './update-rule';

const FIRST = 'optimizer.first';
const SECOND = 'optimizer.second';

/** Adam with bias correction and, for AdamW, decoupled weight decay: torch.optim.Adam and torch.optim.AdamW. */
export function adam(spec: AdamOptimizer | AdamWOptimizer, size: number): UpdateRule {
  const { epsilon, betas } = spec;
  const [beta1 = 0, beta2 = 0] = betas;
  const decay = spec.type === 'adamw' ? spec.weight_decay : 0;
  const first = new Float32Array(size);
  const second = new Float32Array(size);
  return {
    apply: (weights, gradient, rate, count) => {
      const keep = 1 - rate * decay;
      const stride = rate / (1 - beta1 ** count);
      const correction = Math.sqrt(1 - beta2 ** count);
      for (let i = 0; i < weights.length; i++) {
        const g = gradient[i] ?? 0;
        const m = beta1 * (first[i] ?? 0) + (1 - beta1) * g;
        const v = beta2 * (second[i] ?? 0) + (1 - beta2) * g * g;
        first[i] = m;
        second[i] = v;
        weights[i] =
          keep * (weights[i] ?? 0) - (stride * m) / (Math.sqrt(v) / correction + epsilon);
      }
    },
    state: () => [asTensor(FIRST, first), asTensor(SECOND, second)],
    restore: (tensors) => {
      restoreInto(first, tensors, FIRST);
      restoreInto(second, tensors, SECOND);
    },
  };
}

/** The same on the device. */
export function adamOnDevice(spec: AdamOptimizer | AdamWOptimizer): DeviceRule {
  const { epsilon, betas } = spec;
  const [beta1 = 0, beta2 = 0] = betas;
  const decay = spec.type === 'adamw' ? spec.weight_decay : 0;
  return {
    moments: [FIRST, SECOND],
    apply(backend, { weight, moments }, gradient, rate, count) {
      const blend = (mean: Tensor, fresh: Tensor, beta: number) =>
        backend.add(backend.scale(mean, beta), backend.scale(fresh, 1 - beta));
      const m = blend(at(moments, 0), gradient, beta1);
      const v = blend(at(moments, 1), backend.multiply(gradient, gradient), beta2);
      const deviation = backend.scale(backend.sqrt(v), 1 / Math.sqrt(1 - beta2 ** count));
      const floor = backend.tensor(Float32Array.of(epsilon), []);
      const direction = backend.divide(m, backend.add(deviation, floor));
      const kept = decay > 0 ? backend.scale(weight, 1 - rate * decay) : weight;
      const move = backend.scale(direction, rate / (1 - beta1 ** count));
      return { weight: backend.subtract(kept, move), moments: [m, v] };
    },
  };
}
