import type * as tfjs from '@tensorflow/tfjs-core';
import type { Backend, Tensor } from './backend';

/**
 * The transpose of a convolution in its input, as a convolution: dy with zeros between its pixels, by the filter turned
 * around. Ten times faster on wasm than the kernel made for it.
 */
export function convolveBack(
  backend: Backend,
  tf: typeof tfjs,
  dy: Tensor,
  w: tfjs.Tensor,
  stride: number,
  shape: readonly number[],
): Tensor {
  const [, height = 0, width = 0] = shape;
  const [kh = 1, kw = 1] = w.shape;
  return backend.tidy(() => {
    const spread = stride === 1 ? dy : spreadPixels(backend, dy, stride);
    const [, rows = 0, columns = 0] = spread.shape;
    const fitted = fit(backend, spread, [kh - 1, height - rows], [kw - 1, width - columns]);
    const turned = backend.transpose(tf.reverse(w, [0, 1]), [0, 1, 3, 2]);
    return backend.conv2d(fitted, turned, 1);
  });
}

/** stride - 1 zeros after each row and each column, [N, h, w, F] -> [N, stride h, stride w, F]; of rank 4 throughout. */
function spreadPixels(backend: Backend, a: Tensor, stride: number): Tensor {
  const [n = 0, h = 0, w = 0, f = 0] = a.shape;
  const zeros = [
    [0, 0],
    [0, 0],
    [0, stride - 1],
    [0, 0],
  ] as const;
  const columns = backend.pad(backend.reshape(a, [n * h, w, 1, f]), zeros);
  const rows = backend.pad(backend.reshape(columns, [n, h, 1, w * stride * f]), zeros);
  return backend.reshape(rows, [n, h * stride, w * stride, f]);
}

/** Zeros before and after the two middle axes; a negative number after takes pixels away. */
function fit(
  backend: Backend,
  a: Tensor,
  rows: readonly [number, number],
  columns: readonly [number, number],
): Tensor {
  const [n = 0, h = 0, w = 0, f = 0] = a.shape;
  const cut = (extent: number, after: number) => extent + Math.min(after, 0);
  const size = [n, cut(h, rows[1]), cut(w, columns[1]), f];
  const cropped = rows[1] < 0 || columns[1] < 0 ? backend.slice(a, [0, 0, 0, 0], size) : a;
  const widths = (before: number, after: number) => [before, Math.max(after, 0)] as const;
  return backend.pad(cropped, [[0, 0], widths(...rows), widths(...columns), [0, 0]]);
}

/**
 * The transpose of a convolution in its weights, as a convolution whose channels are the samples: x by dy, with a
 * dilation of the stride. The kernel made for it is missing on wasm and slow on graphics cards.
 */
export function convolveSamples(
  backend: Backend,
  x: Tensor,
  dy: Tensor,
  stride: number,
  shape: readonly number[],
): Tensor {
  const [kh = 1, kw = 1, channels = 0, filters = 0] = shape;
  return backend.tidy(() => {
    const samplesLast = backend.transpose(x, [3, 1, 2, 0]);
    const asFilter = backend.transpose(dy, [1, 2, 0, 3]);
    const all = backend.conv2d(samplesLast, asFilter, 1, stride);
    // Pixels at the far border that no window reaches.
    const reached = backend.slice(all, [0, 0, 0, 0], [channels, kh, kw, filters]);
    return backend.transpose(reached, [1, 2, 0, 3]);
  });
}
