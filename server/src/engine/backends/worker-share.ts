/** What a worker thread computes for the main one: an operation on its rows of the left operand. */
export interface Share {
  operation: ShareableOperation;
  left: SharedTensor;
  right: SharedTensor;
  /** Where the result goes. */
  result: SharedTensor;
}

export type ShareableOperation =
  { type: 'matMul' } | { type: 'conv2d'; stride: number; dilation: number };

/** A tensor in memory that all threads see. */
export interface SharedTensor {
  buffer: SharedArrayBuffer;
  /** Where it begins, in numbers. */
  offset: number;
  shape: readonly number[];
}

/** Given to a worker thread when it starts: where it says how far it is, a single number that threads can wait for. */
export interface WorkerSetup {
  state: Int32Array<SharedArrayBuffer>;
}

export const WORKING = 0;
export const DONE = 1;
export const FAILED = 2;

export function viewOfShared({ buffer, offset, shape }: SharedTensor): Float32Array {
  const size = shape.reduce((product, extent) => product * extent, 1);
  return new Float32Array(buffer, Float32Array.BYTES_PER_ELEMENT * offset, size);
}
