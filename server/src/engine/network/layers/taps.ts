import type { Backend, Tensor } from '../../backends/backend';
import type { Windows } from './image';

/**
 * The pixels under one corner of all windows, one tap for each of the kernel x kernel corners: pooling and depthwise
 * convolutions are sums and maxima of taps. All tensors stay at rank 4, which every backend can pad and slice.
 */
export class Taps {
  /** All corners, row by row. */
  readonly corners: readonly (readonly [row: number, column: number])[];
  /** How far windows reach beyond the image on the far sides, so that every tap is a plain slice. */
  private readonly far: readonly [number, number];

  constructor(
    private readonly backend: Backend,
    private readonly windows: Windows,
    private readonly image: readonly [number, number],
    private readonly counts: readonly [number, number],
  ) {
    const { kernel, stride, padding } = windows;
    const sides = Array.from({ length: kernel }, (_, i) => i);
    this.corners = sides.flatMap((row) => sides.map((column) => [row, column] as const));
    const reach = (count: number, extent: number) =>
      Math.max(0, count * stride + kernel - 1 - padding - extent);
    this.far = [reach(counts[0], image[0]), reach(counts[1], image[1])];
  }

  /** The pixels under each corner of the windows, [N, rows, columns, C], row by row. */
  gather(x: Tensor): Tensor[] {
    const padded = this.pad(x);
    return this.corners.map((corner) => this.take(padded, corner));
  }

  /** The transpose of `gather`. */
  scatter(parts: readonly Tensor[]): Tensor {
    const images = this.corners.flatMap((corner, i) => {
      const part = parts[i];
      return part ? [this.put(part, corner)] : [];
    });
    return this.crop(sumOf(this.backend, images));
  }

  /** [N, H, W, C] with zeros around it. */
  pad(x: Tensor): Tensor {
    const { padding } = this.windows;
    const [rows, columns] = this.far;
    return this.backend.pad(x, [
      [0, 0],
      [padding, rows],
      [padding, columns],
      [0, 0],
    ]);
  }

  /** Undoes `pad`. */
  crop(padded: Tensor): Tensor {
    const { padding } = this.windows;
    const [n = 0, , , c = 0] = padded.shape;
    return this.backend.slice(padded, [0, padding, padding, 0], [n, ...this.image, c]);
  }

  /** The pixels under a corner, [N, rows, columns, C], of a padded image. */
  take(padded: Tensor, [row, column]: readonly [number, number]): Tensor {
    const { backend, counts } = this;
    const { stride } = this.windows;
    const [n = 0, , , c = 0] = padded.shape;
    const [rows, columns] = counts;
    const size = [n, rows * stride, columns * stride, c];
    const reached = backend.slice(padded, [0, row, column, 0], size);
    if (stride === 1) return reached;
    const phases = backend.reshape(reached, [n * rows, stride, columns, stride * c]);
    const first = backend.slice(phases, [0, 0, 0, 0], [n * rows, 1, columns, c]);
    return backend.reshape(first, [n, rows, columns, c]);
  }

  /** The transpose of `take`: a padded image that is zero but under the corner. */
  put(tap: Tensor, [row, column]: readonly [number, number]): Tensor {
    const { backend, counts } = this;
    const { stride, padding } = this.windows;
    const [n = 0, , , c = 0] = tap.shape;
    const [rows, columns] = counts;
    const spread = stride === 1 ? tap : this.spread(tap);
    const rest = (side: 0 | 1, from: number) =>
      padding + this.image[side] + this.far[side] - from - counts[side] * stride;
    const whole = backend.reshape(spread, [n, rows * stride, columns * stride, c]);
    return backend.pad(whole, [
      [0, 0],
      [row, rest(0, row)],
      [column, rest(1, column)],
      [0, 0],
    ]);
  }

  private spread(tap: Tensor): Tensor {
    const { stride } = this.windows;
    const [n = 0, rows = 0, columns = 0, c = 0] = tap.shape;
    const flat = this.backend.reshape(tap, [n * rows, 1, columns, c]);
    return this.backend.pad(flat, [
      [0, 0],
      [0, stride - 1],
      [0, 0],
      [0, (stride - 1) * c],
    ]);
  }
}

/** The sum of tensors of one shape. */
export function sumOf(backend: Backend, parts: readonly Tensor[]): Tensor {
  return parts.reduce((sum, part) => backend.add(sum, part));
}
