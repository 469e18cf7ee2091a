/**
 * The few primitives that the engine computes with. Everything above this interface is the same on every backend.
 * All numbers are float32. Matrices are row-major; a batch of N samples is a matrix [N, features].
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

  /** A tensor with these values; copies them to the device. */
  tensor(values: Float32Array, shape: readonly number[]): Tensor;
  /** The values, copied from the device. */
  read(tensor: Tensor): Promise<Float32Array>;

  /** A B of [n, k] and [k, m], with either operand transposed on the way. */
  matMul(a: Tensor, b: Tensor, options?: MatMulOptions): Tensor;
  /** a + b, b broadcast over a's rows where it is smaller. */
  add(a: Tensor, b: Tensor): Tensor;
  subtract(a: Tensor, b: Tensor): Tensor;
  /** a * b, element by element, b broadcast over a's rows where it is smaller; b may be a scalar. */
  multiply(a: Tensor, b: Tensor): Tensor;
  /** a / b, element by element; b is not 0 and of a's shape. */
  divide(a: Tensor, b: Tensor): Tensor;
  scale(a: Tensor, factor: number): Tensor;
  relu(a: Tensor): Tensor;
  /** 1 where a > 0, else 0. */
  step(a: Tensor): Tensor;
  tanh(a: Tensor): Tensor;
  /** [n, m] -> [m]: the sum over the rows. */
  sumRows(a: Tensor): Tensor;
  /** The sum of a * b over all elements, as a scalar tensor. */
  dot(a: Tensor, b: Tensor): Tensor;

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
