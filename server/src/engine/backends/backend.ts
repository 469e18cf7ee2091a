/**
 * The few primitives that the engine computes with. Everything above this interface is the same on every backend.
 * All numbers are float32. Tensors are row-major; a batch of N samples is a tensor [N, ...], images are [N, height, width,
 * channels].
 */
export interface Tensor {
  readonly shape: readonly number[];
  readonly size: number;
}

/** What a scope may hand out: tensors, alone or in arrays and records of them. */
export type Tensors =
  Tensor | undefined | void | readonly Tensors[] | { readonly [name: string]: Tensors };

/** Which operands of a matrix product are taken transposed. */
export interface MatMulOptions {
  transposeA?: boolean;
  transposeB?: boolean;
}

/** A device that computes, and its primitives. A failing device throws an EngineError that says what to do. */
export interface Backend {
  readonly name: string;
  readonly device: string;
  /** Whether the device is a graphics card emulated on the CPU: fit for tests, never fast. */
  readonly software: boolean;
  /** Inner loops read a scalar after so many steps, as a read makes the device wait: 1 where it costs nothing. */
  readonly readInterval: number;
  /** Bytes that its tensors can take in all; Infinity where nobody knows. */
  readonly memoryBytes: number;

  /** A tensor with these values; copies them to the device. */
  tensor(values: Float32Array, shape: readonly number[]): Tensor;
  /** The values, copied from the device. */
  read(tensor: Tensor): Promise<Float32Array>;

  /** A B of [..., n, k] and [..., k, m] with equal leading extents; either operand transposed on the way. */
  matMul(a: Tensor, b: Tensor, options?: MatMulOptions): Tensor;
  /** a + b; of this and the next four, shapes are stretched as in NumPy. */
  add(a: Tensor, b: Tensor): Tensor;
  subtract(a: Tensor, b: Tensor): Tensor;
  multiply(a: Tensor, b: Tensor): Tensor;
  /** a / b; b is nowhere 0. */
  divide(a: Tensor, b: Tensor): Tensor;
  /** The larger of a and b. */
  maximum(a: Tensor, b: Tensor): Tensor;
  scale(a: Tensor, factor: number): Tensor;
  relu(a: Tensor): Tensor;
  /** 1 where a > 0, else 0. */
  step(a: Tensor): Tensor;
  tanh(a: Tensor): Tensor;
  exp(a: Tensor): Tensor;
  sqrt(a: Tensor): Tensor;
  /** The error function, to 1e-6. */
  erf(a: Tensor): Tensor;
  /** Over the last axis. */
  softmax(a: Tensor): Tensor;
  /** The sum over these axes; `keep` leaves them with extent 1. */
  sum(a: Tensor, axes: readonly number[], keep?: boolean): Tensor;
  /** The sum of a * b over all elements, as a scalar tensor. */
  dot(a: Tensor, b: Tensor): Tensor;

  /** The same numbers in another shape; always a tensor of its own. */
  reshape(a: Tensor, shape: readonly number[]): Tensor;
  /** Axis i of the result is axis order[i] of a. Rank 4 at most. */
  transpose(a: Tensor, order: readonly number[]): Tensor;
  /** The part that begins there and has this shape; a size of -1 reaches to the end. Rank 4 at most. */
  slice(a: Tensor, begin: readonly number[], size: readonly number[]): Tensor;
  concat(parts: readonly Tensor[], axis: number): Tensor;
  /** Zeros before and after, by axis. Rank 4 at most. */
  pad(a: Tensor, widths: readonly (readonly [number, number])[]): Tensor;

  /** Rows of a table [rows, n] by number: ids [...] -> [..., n]. */
  gatherRows(table: Tensor, ids: Tensor): Tensor;
  /** The transpose of `gatherRows`: [ids, n] -> [rows, n], rows that share a number are summed, in a fixed order. */
  scatterRows(values: Tensor, ids: Tensor, rows: number): Tensor;

  /**
   * Convolution without padding: x [N, H, W, C] with w [kh, kw, C, F] -> [N, oh, ow, F]. Either the stride or the
   * dilation, the distance between a filter's pixels (1 where left out), is 1.
   */
  conv2d(x: Tensor, w: Tensor, stride: number, dilation?: number): Tensor;
  /** Its transpose in x: dy [N, oh, ow, F] -> [N, H, W, C], the shape given. */
  conv2dInput(dy: Tensor, w: Tensor, stride: number, shape: readonly number[]): Tensor;
  /** Its transpose in w: -> [kh, kw, C, F], the shape given. */
  conv2dWeights(x: Tensor, dy: Tensor, stride: number, shape: readonly number[]): Tensor;

  /** Runs a synchronous piece of work; all tensors made in it are freed but those that it returns. */
  tidy<Result extends Tensors>(work: () => Result): Result;
  /** The same for a piece of work that waits. Scopes must nest, never interleave. */
  scope<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Frees tensors that were handed out by `tidy` or made outside of any scope. */
  dispose(...tensors: readonly Tensor[]): void;
}

/** The single value of a scalar tensor. */
export async function readScalar(backend: Backend, tensor: Tensor): Promise<number> {
  return (await backend.read(tensor))[0] ?? Number.NaN;
}
