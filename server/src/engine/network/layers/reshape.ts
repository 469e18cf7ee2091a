import type { LayerFactory } from './layer';
import { at, sizeOf, unary } from './unary';

/** All numbers of a sample in a row. */
export const flatten: LayerFactory = (shape = []) => {
  const length = sizeOf(shape);
  return unary({
    outputShape: [length],
    forward: ({ backend }, _parameters, input) => ({
      output: backend.reshape(input, [input.shape[0] ?? 0, length]),
    }),
    jvpInput: (backend, { output }, tangent) => backend.reshape(tangent, output.shape),
    vjpInput: (backend, { inputs }, cotangent) => backend.reshape(cotangent, at(inputs, 0).shape),
  });
};
