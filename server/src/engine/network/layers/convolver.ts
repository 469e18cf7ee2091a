import type { Backend, Tensor } from '../../backends/backend';
import { windowCount } from './image';
import { sumOf, Taps } from './taps';

/** All numbers of a convolution. */
export interface Convolution {
  height: number;
  width: number;
  channels: number;
  filters: number;
  kernel: number;
  stride: number;
  padding: number;
  groups: number;
}

/** A convolution as a map that is linear in the image and in the filters, and its two transposes. */
export interface Convolver {
  pad(backend: Backend, x: Tensor): Tensor;
  crop(backend: Backend, padded: Tensor): Tensor;
  /** Of a padded image. */
  apply(backend: Backend, padded: Tensor, w: Tensor): Tensor;
  /** -> a padded image */
  transposeInput(backend: Backend, dy: Tensor, w: Tensor): Tensor;
  transposeWeights(backend: Backend, padded: Tensor, dy: Tensor): Tensor;
}

/** The way to convolve that suits the groups. */
export function convolver(convolution: Convolution): Convolver {
  const { channels, filters, groups } = convolution;
  if (groups === 1) return plain(convolution);
  return groups === channels && filters === channels
    ? depthwise(convolution)
    : grouped(convolution);
}

function plain({
  height,
  width,
  channels,
  filters,
  kernel,
  stride,
  padding,
}: Convolution): Convolver {
  const around = [padding, padding] as const;
  const extents = [height + 2 * padding, width + 2 * padding];
  return {
    pad: (backend, x) => (padding ? backend.pad(x, [[0, 0], around, around, [0, 0]]) : x),
    crop: (backend, padded) =>
      padding ? backend.slice(padded, [0, padding, padding, 0], [-1, height, width, -1]) : padded,
    apply: (backend, padded, w) => backend.conv2d(padded, w, stride),
    transposeInput: (backend, dy, w) =>
      backend.conv2dInput(dy, w, stride, [dy.shape[0] ?? 0, ...extents, channels]),
    transposeWeights: (backend, padded, dy) =>
      backend.conv2dWeights(padded, dy, stride, [kernel, kernel, channels, filters]),
  };
}

/** Group by group: slices of channels, each with its own filters. */
function grouped(convolution: Convolution): Convolver {
  const { channels, filters, groups } = convolution;
  const [inside, made] = [channels / groups, filters / groups];
  const one = plain({ ...convolution, channels: inside, filters: made });
  const each = (work: (group: number) => Tensor) =>
    Array.from({ length: groups }, (_, g) => work(g));
  const part = (backend: Backend, a: Tensor, group: number, width: number) =>
    backend.slice(a, [0, 0, 0, group * width], [-1, -1, -1, width]);
  return {
    pad: (backend, x) => one.pad(backend, x),
    crop: (backend, padded) => one.crop(backend, padded),
    apply: (backend, padded, w) =>
      backend.concat(
        each((g) =>
          one.apply(backend, part(backend, padded, g, inside), part(backend, w, g, made)),
        ),
        3,
      ),
    transposeInput: (backend, dy, w) =>
      backend.concat(
        each((g) =>
          one.transposeInput(backend, part(backend, dy, g, made), part(backend, w, g, made)),
        ),
        3,
      ),
    transposeWeights: (backend, padded, dy) =>
      backend.concat(
        each((g) =>
          one.transposeWeights(
            backend,
            part(backend, padded, g, inside),
            part(backend, dy, g, made),
          ),
        ),
        3,
      ),
  };
}

/** One filter a channel: a sum of taps, each times its weights. */
function depthwise({ height, width, channels, kernel, ...rest }: Convolution): Convolver {
  const windows = { kernel, stride: rest.stride, padding: rest.padding };
  const counts = [windowCount(height, windows), windowCount(width, windows)] as const;
  const tapsOn = (backend: Backend) => new Taps(backend, windows, [height, width], counts);
  const weightAt = (backend: Backend, w: Tensor, index: number) =>
    backend.slice(backend.reshape(w, [kernel ** 2, channels]), [index, 0], [1, channels]);
  return {
    pad: (backend, x) => tapsOn(backend).pad(x),
    crop: (backend, padded) => tapsOn(backend).crop(padded),
    apply(backend, padded, w) {
      const taps = tapsOn(backend);
      const parts = taps.corners.map((corner, i) =>
        backend.multiply(taps.take(padded, corner), weightAt(backend, w, i)),
      );
      return sumOf(backend, parts);
    },
    transposeInput(backend, dy, w) {
      const taps = tapsOn(backend);
      const parts = taps.corners.map((corner, i) =>
        taps.put(backend.multiply(dy, weightAt(backend, w, i)), corner),
      );
      return sumOf(backend, parts);
    },
    transposeWeights(backend, padded, dy) {
      const taps = tapsOn(backend);
      const sums = taps.corners.map((corner) => {
        const products = backend.multiply(taps.take(padded, corner), dy);
        return backend.reshape(backend.sum(products, [0, 1, 2]), [1, channels]);
      });
      return backend.reshape(backend.concat(sums, 0), [kernel, kernel, 1, channels]);
    },
  };
}
