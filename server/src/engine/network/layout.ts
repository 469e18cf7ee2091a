import type { NamedTensor } from '../host';

/** One array of weights inside the flat vector. */
export interface LayoutEntry {
  /** Full name, such as `dense1.weight`. */
  name: string;
  shape: readonly number[];
  /** Index of its first number in the flat vector. */
  offset: number;
  size: number;
}

/** How a network's weights lie in one flat vector, row-major, layer after layer. */
export interface Layout {
  entries: readonly LayoutEntry[];
  /** Length of the flat vector: the number of weights and biases. */
  size: number;
}

/** Lays arrays one after another. */
export function layoutOf(arrays: readonly { name: string; shape: readonly number[] }[]): Layout {
  let size = 0;
  const entries = arrays.map(({ name, shape }) => {
    const entry = { name, shape, offset: size, size: shape.reduce((a, b) => a * b, 1) };
    size += entry.size;
    return entry;
  });
  return { entries, size };
}

/** The part of the flat vector that belongs to an entry; a view, not a copy. */
export function viewOf(entry: LayoutEntry, vector: Float32Array): Float32Array {
  return vector.subarray(entry.offset, entry.offset + entry.size);
}

/** The flat vector as named arrays, as safetensors files hold them. */
export function toNamedTensors(layout: Layout, vector: Float32Array): NamedTensor[] {
  return layout.entries.map((entry) => ({
    name: entry.name,
    shape: entry.shape,
    values: viewOf(entry, vector),
  }));
}

/** Whether an entry is a weight matrix: only those are made sparse; biases stay. */
export function isPrunable(entry: LayoutEntry): boolean {
  return entry.shape.length >= 2;
}
