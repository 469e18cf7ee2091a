import type { Backend, Tensor } from '../../backends/backend';
import type { LayerFactory } from './layer';
import { unary } from './unary';

/** exp(x) / sum exp(x) over the last axis: logits to probabilities. */
export const softmax: LayerFactory = (shape = []) =>
  unary({
    outputShape: shape,
    forward: ({ backend }, _parameters, input) => ({ output: backend.softmax(input) }),
    jvpInput: (backend, { output }, tangent) => softmaxTangent(backend, output, tangent),
    vjpInput: (backend, { output }, cotangent) => softmaxTangent(backend, output, cotangent),
  });

/** p (t - sum p t): the derivative at probabilities p, which is its own transpose. */
export function softmaxTangent(backend: Backend, p: Tensor, tangent: Tensor): Tensor {
  const mean = backend.sum(backend.multiply(p, tangent), [p.shape.length - 1], true);
  return backend.multiply(p, backend.subtract(tangent, mean));
}
