import type { Backend, Tensor } from '../../backends/backend';
import type { LayerFactory } from './layer';
import { at, unary } from './unary';

/** max(x, 0), element by element; its derivative at 0 is 0. */
export const relu: LayerFactory = elementwise((backend, input) => ({
  output: backend.relu(input),
  slope: backend.step(input),
}));

/** tanh(x), element by element. */
export const tanh: LayerFactory = elementwise((backend, input) => {
  const output = backend.tanh(input);
  const one = backend.tensor(Float32Array.of(1), []);
  return { output, slope: backend.subtract(one, backend.multiply(output, output)) };
});

/** A map of each element alone: both derivative rules multiply by the slope, which the forward pass saves. */
export function elementwise(
  forward: (backend: Backend, input: Tensor) => { output: Tensor; slope: Tensor },
): LayerFactory {
  return (shape = []) =>
    unary({
      outputShape: shape,
      forward({ backend }, _parameters, input) {
        const { output, slope } = forward(backend, input);
        return { output, saved: [slope] };
      },
      jvpInput: (backend, { saved }, tangent) => backend.multiply(tangent, at(saved, 0)),
      vjpInput: (backend, { saved }, cotangent) => backend.multiply(cotangent, at(saved, 0)),
    });
}
