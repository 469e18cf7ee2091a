import type { NamedTensor } from '../host';
import type { ParameterSpec } from './layers/layer';
import { inverse, permuted, permutedShape } from './permute';

/** One array of weights inside the flat vector. */
export interface LayoutEntry {
  /** Full name, such as `dense1.weight`. */
  name: string;
  shape: readonly number[];
  /** Index of its first number in the flat vector. */
  offset: number;
  size: number;
  role: ParameterSpec['role'];
  /** Axis i in a file is this axis here. */
  fileOrder: readonly number[];
}

/** How a network's weights lie in one flat vector, row-major, layer after layer. */
export interface Layout {
  entries: readonly LayoutEntry[];
  /** Length of the flat vector: the number of weights, biases and statistics. */
  size: number;
}

/** Lays arrays one after another. */
export function layoutOf(
  arrays: readonly Pick<ParameterSpec, 'name' | 'shape' | 'role' | 'fileOrder'>[],
): Layout {
  let size = 0;
  const entries = arrays.map(({ name, shape, role, fileOrder = shape.map((_, axis) => axis) }) => {
    const length = shape.reduce((a, b) => a * b, 1);
    const entry = { name, shape, offset: size, size: length, role, fileOrder };
    size += length;
    return entry;
  });
  return { entries, size };
}

/** The part of the flat vector that belongs to an entry; a view, not a copy. */
export function viewOf(entry: LayoutEntry, vector: Float32Array): Float32Array {
  return vector.subarray(entry.offset, entry.offset + entry.size);
}

/** The flat vector as named arrays, as safetensors files hold them: in PyTorch's order of axes. */
export function toNamedTensors(layout: Layout, vector: Float32Array): NamedTensor[] {
  return layout.entries.map((entry) => ({
    name: entry.name,
    shape: fileShapeOf(entry),
    values: permuted(viewOf(entry, vector), entry.shape, entry.fileOrder),
  }));
}

/** The shape that an entry has in a file. */
export function fileShapeOf({ shape, fileOrder }: LayoutEntry): number[] {
  return permutedShape(shape, fileOrder);
}

/** Copies the values that a file holds for an entry into the flat vector. */
export function fillFromFile(entry: LayoutEntry, values: Float32Array, vector: Float32Array): void {
  const back = permuted(values, fileShapeOf(entry), inverse(entry.fileOrder));
  viewOf(entry, vector).set(back);
}

/** Whether an entry is a weight matrix or a filter: only those are made sparse. */
export function isPrunable(entry: LayoutEntry): boolean {
  return entry.role === 'kernel';
}
