import { isPrunable, viewOf, type Layout, type LayoutEntry } from '../../network/layout';
import type { Random } from '../../random';

/** W + scale * A B for a weight matrix W [rows, columns]; filters are matrices of [pixels and channels, filters]. */
export interface Adapter {
  readonly entry: LayoutEntry;
  readonly rows: number;
  readonly columns: number;
  readonly rank: number;
  readonly scale: number;
  /** Where A [rows, rank] begins in the vector of all adapters; B [rank, columns] follows it. */
  readonly offset: number;
}

/** Adapters for all weight matrices of a network, in one flat vector. */
export function adaptersOf(
  layout: Layout,
  { rank, alpha }: { rank: number; alpha: number },
): Adapter[] {
  let offset = 0;
  return layout.entries.filter(isPrunable).map((entry) => {
    const columns = entry.shape.at(-1) ?? 1;
    const rows = entry.size / columns;
    const own = Math.min(rank, rows, columns);
    const adapter = { entry, rows, columns, rank: own, scale: alpha / own, offset };
    offset += own * (rows + columns);
    return adapter;
  });
}

/** A is drawn evenly from -1 / sqrt(rows) to 1 / sqrt(rows), as in the authors' code, and B is 0: so is A B. */
export function drawAdapters(adapters: readonly Adapter[], random: Random): Float32Array {
  const size = adapters.reduce((sum, { rank, rows, columns }) => sum + rank * (rows + columns), 0);
  const values = new Float32Array(size);
  for (const { rows, rank, offset } of adapters)
    for (let i = 0; i < rows * rank; i++)
      values[offset + i] = (2 * random.next() - 1) / Math.sqrt(rows);
  return values;
}

/** Writes W0 + scale * A B into the weights; everything else stays. */
export function mergeAdapters(
  adapters: readonly Adapter[],
  values: Float32Array,
  anchor: Float32Array,
  weights: Float32Array,
): void {
  for (const adapter of adapters) {
    const { rows, columns, rank, scale, entry } = adapter;
    const { a, b } = parts(adapter, values);
    const merged = viewOf(entry, weights);
    merged.set(viewOf(entry, anchor));
    for (let i = 0; i < rows; i++)
      for (let k = 0; k < rank; k++) {
        const factor = scale * (a[i * rank + k] ?? 0);
        for (let j = 0; j < columns; j++)
          merged[i * columns + j] =
            (merged[i * columns + j] ?? 0) + factor * (b[k * columns + j] ?? 0);
      }
  }
}

/** The gradient by the adapters for one G by the weights: dA = scale G B^T, dB = scale A^T G. */
export function pullBack(
  adapters: readonly Adapter[],
  values: Float32Array,
  gradient: Float32Array,
): Float32Array {
  const pulled = new Float32Array(values.length);
  for (const adapter of adapters) {
    const { rows, columns, rank, scale, entry } = adapter;
    const g = viewOf(entry, gradient);
    const { a, b } = parts(adapter, values);
    const { a: da, b: db } = parts(adapter, pulled);
    for (let i = 0; i < rows; i++)
      for (let k = 0; k < rank; k++) {
        const factor = scale * (a[i * rank + k] ?? 0);
        let sum = 0;
        for (let j = 0; j < columns; j++) {
          const slope = g[i * columns + j] ?? 0;
          sum += slope * (b[k * columns + j] ?? 0);
          db[k * columns + j] = (db[k * columns + j] ?? 0) + factor * slope;
        }
        da[i * rank + k] = scale * sum;
      }
  }
  return pulled;
}

function parts({ offset, rows, columns, rank }: Adapter, values: Float32Array) {
  const middle = offset + rows * rank;
  return {
    a: values.subarray(offset, middle),
    b: values.subarray(middle, middle + rank * columns),
  };
}
