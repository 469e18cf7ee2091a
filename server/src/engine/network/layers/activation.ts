import type { Backend, Tensor } from '../../backends/backend';
import type { Forward, Layer } from './layer';

/** max(x, 0), element by element; its derivative at 0 is 0. */
export function relu(name: string, shape: readonly number[]): Layer {
  return elementwise(name, shape, (backend, input) => {
    const output = backend.relu(input);
    return { output, saved: [backend.step(input)] };
  });
}

/** tanh(x), element by element. */
export function tanh(name: string, shape: readonly number[]): Layer {
  return elementwise(name, shape, (backend, input) => {
    const output = backend.tanh(input);
    const one = backend.tensor(Float32Array.of(1), []);
    return { output, saved: [backend.subtract(one, backend.multiply(output, output))] };
  });
}

/** A map of each element alone: both derivative rules multiply by the saved slope. */
function elementwise(
  name: string,
  shape: readonly number[],
  forward: (backend: Backend, input: Tensor) => Forward,
): Layer {
  const timesSlope = (backend: Backend, { saved: [slope] }: Forward, vector: Tensor) =>
    slope ? backend.multiply(vector, slope) : vector;
  return {
    name,
    outputShape: shape,
    parameters: [],
    forward: (backend, _parameters, input) => forward(backend, input),
    jvpInput: (backend, _parameters, point, tangent) => timesSlope(backend, point, tangent),
    vjpInput: (backend, _parameters, point, cotangent) => timesSlope(backend, point, cotangent),
  };
}
