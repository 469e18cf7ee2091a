/**
 * A backend in plain float64 loops. With it, central differences of a network's outputs are accurate to about 1e-9: the
 * reference that derivative rules are held against, of which it knows none.
 */
import type {
  Backend,
  MatMulOptions,
  Tensor,
  Tensors,
} from '../../server/src/engine/backends/backend';

class Plain implements Tensor {
  readonly size: number;
  constructor(
    readonly values: Float64Array,
    readonly shape: readonly number[],
  ) {
    this.size = values.length;
  }
}

const sizeOf = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
const plain = (tensor: Tensor) => tensor as Plain;

/** Steps between neighbours along each axis; 0 along axes that are stretched. */
function strides(shape: readonly number[], to: readonly number[]): number[] {
  const own = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  const missing = to.length - shape.length;
  return to.map((_, axis) =>
    axis < missing || shape[axis - missing] === 1 ? 0 : own[axis - missing]!,
  );
}

/** All index tuples of a shape, in row-major order. */
function* indices(shape: readonly number[]): Generator<number[]> {
  const index = shape.map(() => 0);
  for (let count = sizeOf(shape); count > 0; count--) {
    yield index;
    for (let axis = shape.length - 1; axis >= 0 && ++index[axis]! >= shape[axis]!; axis--)
      index[axis] = 0;
  }
}

const at = (index: readonly number[], by: readonly number[]) =>
  index.reduce((sum, i, axis) => sum + i * by[axis]!, 0);

function make(shape: readonly number[], value: (index: readonly number[]) => number): Plain {
  const values = new Float64Array(sizeOf(shape));
  let i = 0;
  for (const index of indices(shape)) values[i++] = value(index);
  return new Plain(values, [...shape]);
}

function stretched(a: Tensor, b: Tensor, map: (x: number, y: number) => number): Plain {
  const rank = Math.max(a.shape.length, b.shape.length);
  const extent = (t: Tensor, axis: number) => t.shape[axis - rank + t.shape.length] ?? 1;
  const shape = Array.from({ length: rank }, (_, i) => {
    const [x, y] = [extent(a, i), extent(b, i)];
    if (x !== y && x !== 1 && y !== 1) throw new Error(`${a.shape.join()} and ${b.shape.join()}`);
    return Math.max(x, y);
  });
  const [sa, sb] = [strides(a.shape, shape), strides(b.shape, shape)];
  return make(shape, (i) => map(plain(a).values[at(i, sa)]!, plain(b).values[at(i, sb)]!));
}

const each = (a: Tensor, map: (x: number) => number) =>
  new Plain(plain(a).values.map(map), a.shape);

/** Strides of a tensor's own shape, also along axes of extent 1. */
const ownStrides = (shape: readonly number[]) =>
  shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
const value = (a: Tensor, index: readonly number[]) =>
  plain(a).values[at(index, ownStrides(a.shape))]!;

/** Abramowitz and Stegun 7.1.5, and 7.1.14 for large arguments: to 1e-14. */
function erf(x: number): number {
  if (x < 0) return -erf(-x);
  if (x > 3) {
    let fraction = 0;
    for (let k = 60; k > 0; k--) fraction = k / 2 / (x + fraction);
    return 1 - Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction);
  }
  let [term, sum] = [x, x];
  for (let n = 1; n < 80; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

export class ReferenceBackend implements Backend {
  readonly name = 'reference';
  readonly device = 'float64 loops';
  readonly software = false;
  readonly readInterval = 1;
  readonly memoryBytes = Infinity;

  tensor(values: ArrayLike<number>, shape: readonly number[]): Tensor {
    if (values.length !== sizeOf(shape)) throw new Error(`${values.length} for ${shape.join()}`);
    return new Plain(Float64Array.from(values), shape);
  }

  read(tensor: Tensor): Promise<Float32Array> {
    return Promise.resolve(Float32Array.from(plain(tensor).values));
  }

  /** In full precision. */
  values(tensor: Tensor): Float64Array {
    return plain(tensor).values;
  }

  matMul(
    a: Tensor,
    b: Tensor,
    { transposeA = false, transposeB = false }: MatMulOptions = {},
  ): Tensor {
    const leading = a.shape.slice(0, -2);
    const [rows, inner] = transposeA
      ? [a.shape.at(-1)!, a.shape.at(-2)!]
      : [a.shape.at(-2)!, a.shape.at(-1)!];
    const columns = transposeB ? b.shape.at(-2)! : b.shape.at(-1)!;
    if (
      (transposeB ? b.shape.at(-1) : b.shape.at(-2)) !== inner ||
      b.shape.slice(0, -2).join() !== leading.join()
    )
      throw new Error(`cannot multiply ${a.shape.join()} and ${b.shape.join()}`);
    return make([...leading, rows, columns], (index) => {
      const [batch, i, j] = [index.slice(0, -2), index.at(-2)!, index.at(-1)!];
      let sum = 0;
      for (let k = 0; k < inner; k++)
        sum +=
          value(a, [...batch, ...(transposeA ? [k, i] : [i, k])]) *
          value(b, [...batch, ...(transposeB ? [j, k] : [k, j])]);
      return sum;
    });
  }

  add = (a: Tensor, b: Tensor) => stretched(a, b, (x, y) => x + y);
  subtract = (a: Tensor, b: Tensor) => stretched(a, b, (x, y) => x - y);
  multiply = (a: Tensor, b: Tensor) => stretched(a, b, (x, y) => x * y);
  divide = (a: Tensor, b: Tensor) => stretched(a, b, (x, y) => x / y);
  maximum = (a: Tensor, b: Tensor) => stretched(a, b, Math.max);
  scale = (a: Tensor, factor: number) => each(a, (x) => x * factor);
  relu = (a: Tensor) => each(a, (x) => Math.max(x, 0));
  step = (a: Tensor) => each(a, (x) => (x > 0 ? 1 : 0));
  tanh = (a: Tensor) => each(a, Math.tanh);
  exp = (a: Tensor) => each(a, Math.exp);
  sqrt = (a: Tensor) => each(a, Math.sqrt);
  erf = (a: Tensor) => each(a, erf);

  softmax(a: Tensor): Tensor {
    const last = a.shape.at(-1)!;
    const values = plain(a).values.slice();
    for (let from = 0; from < values.length; from += last) {
      const row = values.subarray(from, from + last);
      const largest = Math.max(...row);
      row.forEach((x, i) => (row[i] = Math.exp(x - largest)));
      const total = row.reduce((x, y) => x + y, 0);
      row.forEach((x, i) => (row[i] = x / total));
    }
    return new Plain(values, a.shape);
  }

  sum(a: Tensor, axes: readonly number[], keep = false): Tensor {
    const kept = a.shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent));
    const result = new Plain(new Float64Array(sizeOf(kept)), kept);
    const by = strides(kept, a.shape);
    let i = 0;
    for (const index of indices(a.shape)) result.values[at(index, by)]! += plain(a).values[i++]!;
    return keep
      ? result
      : this.reshape(
          result,
          a.shape.filter((_, axis) => !axes.includes(axis)),
        );
  }

  dot(a: Tensor, b: Tensor): Tensor {
    return new Plain(
      Float64Array.of(plain(a).values.reduce((sum, x, i) => sum + x * plain(b).values[i]!, 0)),
      [],
    );
  }

  reshape(a: Tensor, shape: readonly number[]): Tensor {
    const known = shape.filter((extent) => extent >= 0).reduce((x, y) => x * y, 1);
    const full = shape.map((extent) => (extent < 0 ? a.size / known : extent));
    if (sizeOf(full) !== a.size) throw new Error(`${a.shape.join()} is not ${shape.join()}`);
    return new Plain(plain(a).values, full);
  }

  transpose(a: Tensor, order: readonly number[]): Tensor {
    const by = ownStrides(a.shape);
    return make(
      order.map((axis) => a.shape[axis]!),
      (index) => plain(a).values[index.reduce((sum, i, axis) => sum + i * by[order[axis]!]!, 0)]!,
    );
  }

  slice(a: Tensor, begin: readonly number[], size: readonly number[]): Tensor {
    const shape = size.map((extent, axis) => (extent < 0 ? a.shape[axis]! - begin[axis]! : extent));
    shape.forEach((extent, axis) => {
      if (begin[axis]! < 0 || begin[axis]! + extent > a.shape[axis]!)
        throw new Error(`${begin.join()} ${size.join()} of ${a.shape.join()}`);
    });
    return make(shape, (index) =>
      value(
        a,
        index.map((i, axis) => i + begin[axis]!),
      ),
    );
  }

  concat(parts: readonly Tensor[], axis: number): Tensor {
    const starts = parts.map((_, p) =>
      parts.slice(0, p).reduce((sum, { shape }) => sum + shape[axis]!, 0),
    );
    const total = parts.reduce((sum, { shape }) => sum + shape[axis]!, 0);
    const shape = parts[0]!.shape.map((extent, i) => (i === axis ? total : extent));
    return make(shape, (index) => {
      const p = starts.findLastIndex((start) => start <= index[axis]!);
      return value(
        parts[p]!,
        index.map((i, k) => (k === axis ? i - starts[p]! : i)),
      );
    });
  }

  pad(a: Tensor, widths: readonly (readonly [number, number])[]): Tensor {
    if (widths.some(([before, after]) => before < 0 || after < 0))
      throw new Error('negative padding');
    const shape = a.shape.map((extent, axis) => extent + widths[axis]![0] + widths[axis]![1]);
    return make(shape, (index) => {
      const inner = index.map((i, axis) => i - widths[axis]![0]);
      return inner.every((i, axis) => i >= 0 && i < a.shape[axis]!) ? value(a, inner) : 0;
    });
  }

  gatherRows(table: Tensor, ids: Tensor): Tensor {
    return make([...ids.shape, table.shape[1]!], (index) =>
      value(table, [value(ids, index.slice(0, -1)), index.at(-1)!]),
    );
  }

  scatterRows(values: Tensor, ids: Tensor, rows: number): Tensor {
    const width = values.shape[1]!;
    const result = new Plain(new Float64Array(rows * width), [rows, width]);
    plain(ids).values.forEach((row, i) => {
      for (let k = 0; k < width; k++)
        result.values[row * width + k]! += plain(values).values[i * width + k]!;
    });
    return result;
  }

  conv2d(x: Tensor, w: Tensor, stride: number): Tensor {
    const [kh, kw, channels, filters] = w.shape as [number, number, number, number];
    const [n, h, wd] = x.shape as [number, number, number];
    return make(
      [n, Math.floor((h - kh) / stride) + 1, Math.floor((wd - kw) / stride) + 1, filters],
      ([s, r, c, f]) => {
        let sum = 0;
        for (let i = 0; i < kh; i++)
          for (let j = 0; j < kw; j++)
            for (let k = 0; k < channels; k++)
              sum += value(x, [s!, r! * stride + i, c! * stride + j, k]) * value(w, [i, j, k, f!]);
        return sum;
      },
    );
  }

  conv2dInput(dy: Tensor, w: Tensor, stride: number, shape: readonly number[]): Tensor {
    const result = new Plain(new Float64Array(sizeOf(shape)), shape);
    const by = ownStrides(shape);
    for (const [s, r, c, f] of indices(dy.shape))
      for (const [i, j, k] of indices(w.shape.slice(0, 3)))
        result.values[at([s!, r! * stride + i!, c! * stride + j!, k!], by)]! +=
          value(dy, [s!, r!, c!, f!]) * value(w, [i!, j!, k!, f!]);
    return result;
  }

  conv2dWeights(x: Tensor, dy: Tensor, stride: number, shape: readonly number[]): Tensor {
    return make(shape, ([i, j, k, f]) => {
      let sum = 0;
      for (const [s, r, c] of indices(dy.shape.slice(0, 3)))
        sum += value(x, [s!, r! * stride + i!, c! * stride + j!, k!]) * value(dy, [s!, r!, c!, f!]);
      return sum;
    });
  }

  tidy<Result extends Tensors>(work: () => Result): Result {
    return work();
  }

  scope<Result>(work: () => Promise<Result>): Promise<Result> {
    return work();
  }

  dispose(): void {
    // Garbage is collected.
  }
}
