import type { Backend, Tensor } from '../../backends/backend';
import { asImage, windowCount, type Windows } from './image';
import type { LayerFactory } from './layer';
import { sumOf, Taps } from './taps';
import { at, unary } from './unary';

/** Far below any activation, and finite, so that no NaN comes of it. */
const BELOW_ALL = 1e30;

/** The largest value under each window; where several are the largest, the first one carries the derivative. */
export function maxPool(windows: Windows): LayerFactory {
  return (shape = []) => {
    const [height, width, channels] = asImage(shape);
    const counts = [windowCount(height, windows), windowCount(width, windows)] as const;
    const tapsOn = (backend: Backend) => new Taps(backend, windows, [height, width], counts);
    return unary({
      outputShape: [...counts, channels],
      forward({ backend }, _parameters, input) {
        const taps = tapsOn(backend);
        const lowered = backend.add(taps.pad(input), border(backend, taps, [height, width]));
        const values = taps.corners.map((corner) => taps.take(lowered, corner));
        const output = values.reduce((largest, value) => backend.maximum(largest, value));
        return { output, saved: firstLargest(backend, values, output) };
      },
      jvpInput(backend, { saved }, tangent) {
        const taps = tapsOn(backend);
        const padded = taps.pad(tangent);
        return sumOf(
          backend,
          taps.corners.map((corner, i) =>
            backend.multiply(taps.take(padded, corner), at(saved, i)),
          ),
        );
      },
      vjpInput(backend, { saved }, cotangent) {
        const taps = tapsOn(backend);
        const parts = taps.corners.map((corner, i) =>
          taps.put(backend.multiply(cotangent, at(saved, i)), corner),
        );
        return taps.crop(sumOf(backend, parts));
      },
    });
  };
}

/** 0 on the image and far below all around it: padding must never be the largest. */
function border(backend: Backend, taps: Taps, [height, width]: readonly [number, number]): Tensor {
  const ones = backend.tensor(new Float32Array(height * width).fill(1), [1, height, width, 1]);
  const one = backend.tensor(Float32Array.of(1), []);
  return backend.scale(backend.subtract(taps.pad(ones), one), BELOW_ALL);
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
    const [height, width, channels] = asImage(shape);
    const counts = [windowCount(height, windows), windowCount(width, windows)] as const;
    const share = 1 / windows.kernel ** 2;
    const tapsOn = (backend: Backend) => new Taps(backend, windows, [height, width], counts);
    const average = (backend: Backend, x: Tensor) => {
      const taps = tapsOn(backend);
      const padded = taps.pad(x);
      const values = taps.corners.map((corner) => taps.take(padded, corner));
      return backend.scale(sumOf(backend, values), share);
    };
    return unary({
      outputShape: [...counts, channels],
      forward: ({ backend }, _parameters, input) => ({ output: average(backend, input) }),
      jvpInput: (backend, _point, tangent) => average(backend, tangent),
      vjpInput(backend, _point, cotangent) {
        const taps = tapsOn(backend);
        const part = backend.scale(cotangent, share);
        return taps.crop(
          sumOf(
            backend,
            taps.corners.map((corner) => taps.put(part, corner)),
          ),
        );
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
