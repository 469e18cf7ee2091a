import type { AdamOptimizer, AdamWOptimizer } from '../../../spec/experiment';
import { asTensor, restoreInto } from '../../saved-vector';
import type { UpdateRule } from './update-rule';

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
