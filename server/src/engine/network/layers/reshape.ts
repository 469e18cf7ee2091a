import { asImage } from './image';
import type { LayerFactory } from './layer';
import { at, sizeOf, unary } from './unary';

/** All numbers of a sample in a row. */
export const flatten: LayerFactory = (shape = []) => reshaped([sizeOf(shape)]);

/** An image as tokens, pixel by pixel: [H, W, C] -> [H W, C]. */
export const mergePixels: LayerFactory = (shape = []) => {
  const [height, width, channels] = asImage(shape);
  return reshaped([height * width, channels]);
};

function reshaped(outputShape: readonly number[]) {
  return unary({
    outputShape,
    forward: ({ backend }, _parameters, input) => ({
      output: backend.reshape(input, [input.shape[0] ?? 0, ...outputShape]),
    }),
    jvpInput: (backend, { output }, tangent) => backend.reshape(tangent, output.shape),
    vjpInput: (backend, { inputs }, cotangent) => backend.reshape(cotangent, at(inputs, 0).shape),
  });
}
