import type { Backend, Tensor } from '../../backends/backend';

/**
 * Windows that lie side by side: the pixels under one corner of all of them are a plain slice, and the way back is a
 * concatenation. Several times faster than `Taps`, which can do any windows.
 */
export class Tiles {
  constructor(
    private readonly backend: Backend,
    /** Of a window, in pixels. */
    private readonly side: number,
    private readonly image: readonly [number, number],
    private readonly counts: readonly [number, number],
  ) {}

  /** The pixels under each corner of the windows, [N, rows, columns, C], row by row. */
  gather(x: Tensor): Tensor[] {
    const { backend, side, counts } = this;
    const [rows, columns] = counts;
    const [n = 0, , , c = 0] = x.shape;
    const strips = backend.reshape(this.crop(x), [n * rows, side, columns, side * c]);
    const sides = Array.from({ length: side }, (_, i) => i);
    const pixelsAt = (row: number, column: number) =>
      backend.slice(strips, [0, row, 0, column * c], [n * rows, 1, columns, c]);
    return sides.flatMap((row) =>
      sides.map((column) => backend.reshape(pixelsAt(row, column), [n, rows, columns, c])),
    );
  }

  /** The transpose of `gather`. */
  scatter(parts: readonly Tensor[]): Tensor {
    const { backend, side, counts } = this;
    const [rows, columns] = counts;
    const [n = 0, , , c = 0] = parts[0]?.shape ?? [];
    const pixels = parts.map((part) => backend.reshape(part, [n * rows, 1, columns, c]));
    const lines = Array.from({ length: side }, (_, row) =>
      backend.concat(pixels.slice(row * side, (row + 1) * side), 3),
    );
    const strips = backend.concat(lines, 1);
    return this.uncrop(backend.reshape(strips, [n, rows * side, columns * side, c]));
  }

  /** Leaves out pixels at the far sides that no window covers. */
  private crop(x: Tensor): Tensor {
    const [n = 0, , , c = 0] = x.shape;
    const [bottom, right] = this.rest();
    if (bottom === 0 && right === 0) return x;
    const [height, width] = this.image;
    return this.backend.slice(x, [0, 0, 0, 0], [n, height - bottom, width - right, c]);
  }

  private uncrop(x: Tensor): Tensor {
    const [bottom, right] = this.rest();
    if (bottom === 0 && right === 0) return x;
    return this.backend.pad(x, [
      [0, 0],
      [0, bottom],
      [0, right],
      [0, 0],
    ]);
  }

  private rest(): [bottom: number, right: number] {
    const [height, width] = this.image;
    return [height - this.counts[0] * this.side, width - this.counts[1] * this.side];
  }
}
