import type * as tfjs from '@tensorflow/tfjs-core';
import type { Backend, MatMulOptions, Tensor, Tensors } from './backend';

type Tf = typeof tfjs;

/** The primitives in TensorFlow.js operations, which every TensorFlow.js backend that we use gets right. */
export class TfjsBackend implements Backend {
  readonly readInterval: number = 1;

  constructor(
    private readonly library: Tf,
    readonly name: string,
    readonly device: string,
    readonly software = false,
  ) {}

  /** The operations; every use of them first looks whether the device still works. */
  protected get tf(): Tf {
    this.check();
    return this.library;
  }

  /** @throws EngineError where the device has failed */
  protected check(): void {}

  tensor(values: Float32Array, shape: readonly number[]): Tensor {
    return this.tf.tensor(values, [...shape], 'float32');
  }

  async read(tensor: Tensor): Promise<Float32Array> {
    return (await native(tensor).data()) as Float32Array;
  }

  matMul(a: Tensor, b: Tensor, options: MatMulOptions = {}): Tensor {
    return this.tf.matMul(native(a), native(b), options.transposeA, options.transposeB);
  }

  add(a: Tensor, b: Tensor): Tensor {
    return this.tf.add(native(a), native(b));
  }

  subtract(a: Tensor, b: Tensor): Tensor {
    return this.tf.sub(native(a), native(b));
  }

  multiply(a: Tensor, b: Tensor): Tensor {
    return this.tf.mul(native(a), native(b));
  }

  divide(a: Tensor, b: Tensor): Tensor {
    return this.tf.div(native(a), native(b));
  }

  scale(a: Tensor, factor: number): Tensor {
    return this.tf.mul(native(a), factor);
  }

  relu(a: Tensor): Tensor {
    return this.tf.relu(native(a));
  }

  step(a: Tensor): Tensor {
    return this.tf.step(native(a));
  }

  tanh(a: Tensor): Tensor {
    return this.tf.tanh(native(a));
  }

  sumRows(a: Tensor): Tensor {
    return this.tf.sum(native(a), 0);
  }

  dot(a: Tensor, b: Tensor): Tensor {
    return this.tf.sum(this.tf.mul(native(a), native(b)));
  }

  tidy<Result extends Tensors>(work: () => Result): Result {
    return this.tf.tidy(work as () => tfjs.TensorContainer) as Result;
  }

  async scope<Result>(work: () => Promise<Result>): Promise<Result> {
    const engine = this.tf.engine();
    engine.startScope();
    try {
      return await work();
    } finally {
      engine.endScope();
    }
  }

  dispose(...tensors: readonly Tensor[]): void {
    for (const tensor of tensors) native(tensor).dispose();
  }
}

/** The engine hands back only tensors that a backend made. */
function native(tensor: Tensor): tfjs.Tensor {
  return tensor as tfjs.Tensor;
}
