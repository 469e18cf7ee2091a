import type { Backend, Tensor } from '../../backends/backend';
import { asImage, windowCount, type Windows } from './image';
import type { LayerFactory } from './layer';
import { sumOf, Taps } from './taps';
import { Tiles } from './tiles';
import { at, unary } from './unary';

/** Far below any activation, and finite, so that no NaN comes of it. */
const BELOW_ALL = 1e30;

/** The largest value under each window; where several are the largest, the first one carries the derivative. */
export function maxPool(windows: Windows): LayerFactory {
  return (shape = []) => {
    const { counts, channels, over, taps } = pooling(windows, shape);
    return unary({
      outputShape: [...counts, channels],
      forward({ backend }, _parameters, input) {
        const values =
          windows.padding > 0
            ? lowered(backend, taps(backend), input)
            : over(backend).gather(input);
        const output = values.reduce((largest, value) => backend.maximum(largest, value));
        return { output, saved: firstLargest(backend, values, output) };
      },
      jvpInput(backend, { saved }, tangent) {
        const parts = over(backend).gather(tangent);
        const chosen = parts.map((part, i) => backend.multiply(part, at(saved, i)));
        return sumOf(backend, chosen);
      },
      vjpInput: (backend, { saved }, cotangent) =>
        over(backend).scatter(saved.map((chosen) => backend.multiply(cotangent, chosen))),
    });
  };
}

/** What all pooling of an image shares. */
function pooling(windows: Windows, shape: readonly number[]) {
  const [height, width, channels] = asImage(shape);
  const counts = [windowCount(height, windows), windowCount(width, windows)] as const;
  const image = [height, width] as const;
  const isTiled = windows.kernel === windows.stride && windows.padding === 0;
  const taps = (backend: Backend) => new Taps(backend, windows, image, counts);
  const tiles = (backend: Backend) => new Tiles(backend, windows.kernel, image, counts);
  const over: (backend: Backend) => Taps | Tiles = isTiled ? tiles : taps;
  return { counts, channels, over, taps };
}

/** The taps of an image with a border far below all around it: padding must never be the largest. */
function lowered(backend: Backend, taps: Taps, input: Tensor): Tensor[] {
  const [, height = 0, width = 0] = input.shape;
  const ones = backend.tensor(new Float32Array(height * width).fill(1), [1, height, width, 1]);
  const one = backend.tensor(Float32Array.of(1), []);
  const border = backend.scale(backend.subtract(taps.pad(ones), one), BELOW_ALL);
  const padded = backend.add(taps.pad(input), border);
  return taps.corners.map((corner) => taps.take(padded, corner));
}

/** For each tap, 1 where it is the first of the largest, else 0. */
function firstLargest(backend: Backend, values: readonly Tensor[], largest: Tensor): Tensor[] {
  const one = backend.tensor(Float32Array.of(1), []);
  let free: Tensor | undefined;
  return values.map((value) => {
    const equal = backend.subtract(one, backend.step(backend.subtract(largest, value)));
    const chosen = free ? backend.multiply(equal, free) : equal;
    free = backend.subtract(free ?? one, chosen);
    return chosen;
  });
}

/** The mean under each window, padding counted as zeros. */
export function averagePool(windows: Windows): LayerFactory {
  return (shape = []) => {
    const { counts, channels, over } = pooling(windows, shape);
    const share = 1 / windows.kernel ** 2;
    const average = (backend: Backend, x: Tensor) =>
      backend.scale(sumOf(backend, over(backend).gather(x)), share);
    return unary({
      outputShape: [...counts, channels],
      forward: ({ backend }, _parameters, input) => ({ output: average(backend, input) }),
      jvpInput: (backend, _point, tangent) => average(backend, tangent),
      vjpInput(backend, _point, cotangent) {
        const part = backend.scale(cotangent, share);
        return over(backend).scatter(Array.from({ length: windows.kernel ** 2 }, () => part));
      },
    });
  };
}

/** The mean over all pixels: [H, W, C] -> [C]. */
export const globalAveragePool: LayerFactory = (shape = []) => {
  const [height, width, channels] = asImage(shape);
  const share = 1 / (height * width);
  const mean = (backend: Backend, x: Tensor) => backend.scale(backend.sum(x, [1, 2]), share);
  return unary({
    outputShape: [channels],
    forward: ({ backend }, _parameters, input) => ({ output: mean(backend, input) }),
    jvpInput: (backend, _point, tangent) => mean(backend, tangent),
    vjpInput(backend, { inputs }, cotangent) {
      const pixel = backend.reshape(cotangent, [cotangent.shape[0] ?? 0, 1, 1, channels]);
      // Stretched over the image by adding it to nothing.
      return backend.add(backend.scale(at(inputs, 0), 0), backend.scale(pixel, share));
    },
  });
};
