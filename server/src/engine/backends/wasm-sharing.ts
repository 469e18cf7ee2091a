import type { Backend, Tensor } from './backend';
import { emptyTensor, heapView } from './wasm-heap';
import type { Operand, WasmWorkers } from './wasm-workers';
import type { ShareableOperation } from './worker-share';

/** Smaller operations, counted in multiply-adds, are not worth the copies that a worker needs. */
const WORTH_SHARING = 8e6;

/** An operation on rows: those of the left operand's leading axis, each of which gives one row of the result. */
export interface Sharing {
  operation: ShareableOperation;
  left: Tensor;
  right: Tensor;
  /** Whether the right operand has a row for each row of the left one, too. */
  splitsRight: boolean;
  multiplyAdds: number;
  /** Of the result. */
  shape: readonly number[];
  /** Computes it, or a part of it, in this thread. */
  compute: (left: Tensor, right: Tensor) => Tensor;
}

/** Computes an operation, its rows shared among this thread and the workers where that is worth it. */
export function computeShared(
  backend: Backend,
  workers: WasmWorkers | undefined,
  sharing: Sharing,
): Tensor {
  const { left, right, shape, compute } = sharing;
  const [rows = 0] = shape;
  if (!workers || sharing.multiplyAdds < WORTH_SHARING || rows < 2) return compute(left, right);
  const [own = [0, rows], ...others] = rangesOf(rows, workers.count + 1);
  const waits = others.map((range, index) => begin(workers, index, range, sharing));
  const first = computeRange(backend, own, sharing);
  const parts = waits.map((wait, i) => wait() ?? computeRange(backend, others[i] ?? own, sharing));
  return joined(shape, [first, ...parts]);
}

/** A part of the rows: where it begins, and how many they are. */
type Range = readonly [from: number, count: number];

/** Rows in so many parts at most, as even as can be. */
function rangesOf(rows: number, parts: number): Range[] {
  const start = (part: number) => Math.ceil((part * rows) / parts);
  const ranges = Array.from({ length: parts }, (_, i): Range => [
    start(i),
    start(i + 1) - start(i),
  ]);
  return ranges.filter(([, count]) => count > 0);
}

function begin(
  workers: WasmWorkers,
  index: number,
  range: Range,
  { operation, left, right, splitsRight, shape }: Sharing,
): () => Float32Array | undefined {
  const operands = [rowsOf(left, range), splitsRight ? rowsOf(right, range) : wholeOf(right)];
  const resultShape = [range[1], ...shape.slice(1)];
  return workers.begin(index, operation, operands as [Operand, Operand], resultShape);
}

function rowsOf(tensor: Tensor, [from, count]: Range): Operand {
  const width = tensor.size / (tensor.shape[0] ?? 1);
  const values = heapView(tensor).subarray(from * width, (from + count) * width);
  return { values, shape: [count, ...tensor.shape.slice(1)] };
}

function wholeOf(tensor: Tensor): Operand {
  return { values: heapView(tensor), shape: tensor.shape };
}

function computeRange(
  backend: Backend,
  [from, count]: Range,
  { left, right, splitsRight, compute }: Sharing,
): Tensor {
  const part = (a: Tensor) =>
    backend.slice(a, [from, ...a.shape.slice(1).map(() => 0)], [count, ...a.shape.slice(1)]);
  return compute(part(left), splitsRight ? part(right) : right);
}

function joined(shape: readonly number[], parts: readonly (Tensor | Float32Array)[]): Tensor {
  const output = emptyTensor(shape);
  const target = heapView(output);
  let offset = 0;
  for (const part of parts) {
    const values = part instanceof Float32Array ? part : heapView(part);
    target.set(values, offset);
    offset += values.length;
  }
  return output;
}
