import type { Backend, Tensor } from '../../backends/backend';
import { asImage } from './image';
import type { LayerFactory } from './layer';
import { at, sizeOf, unary } from './unary';

/** All numbers of a sample in a row; of an image channel by channel, as PyTorch has it, so that its weights fit. */
export const flatten: LayerFactory = (shape = []) =>
  shape.length === 3 ? flattenImage(shape) : reshaped([sizeOf(shape)]);

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

function flattenImage(shape: readonly number[]) {
  const [height, width, channels] = asImage(shape);
  const inRow = (backend: Backend, image: Tensor) =>
    backend.reshape(backend.transpose(image, [0, 3, 1, 2]), [image.shape[0] ?? 0, sizeOf(shape)]);
  return unary({
    outputShape: [sizeOf(shape)],
    forward: ({ backend }, _parameters, input) => ({ output: inRow(backend, input) }),
    jvpInput: (backend, _point, tangent) => inRow(backend, tangent),
    vjpInput(backend, _point, cotangent) {
      const planes = backend.reshape(cotangent, [-1, channels, height, width]);
      return backend.transpose(planes, [0, 2, 3, 1]);
    },
  });
}
