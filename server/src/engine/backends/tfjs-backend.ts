import type * as tfjs from '@tensorflow/tfjs-core';
import type { Backend, MatMulOptions, Tensor, Tensors } from './backend';
import { convolveBack, convolveSamples } from './convolution-transposes';
import { scatterByProducts } from './scatter-by-products';

type Tf = typeof tfjs;

/** The primitives in TensorFlow.js operations, which every TensorFlow.js backend that we use gets right. */
export class TfjsBackend implements Backend {
  readonly readInterval: number = 1;
  readonly memoryBytes: number = Infinity;

  constructor(
    private readonly loaded: Tf,
    readonly name: string,
    readonly device: string,
    readonly software = false,
  ) {}

  /** The operations; every use of them first looks whether the device still works. */
  protected get tf(): Tf {
    this.check();
    return this.loaded;
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

  maximum(a: Tensor, b: Tensor): Tensor {
    return this.tf.maximum(native(a), native(b));
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

  exp(a: Tensor): Tensor {
    return this.tf.exp(native(a));
  }

  sqrt(a: Tensor): Tensor {
    return this.tf.sqrt(native(a));
  }

  erf(a: Tensor): Tensor {
    return this.tf.erf(native(a));
  }

  softmax(a: Tensor): Tensor {
    return this.tf.softmax(native(a));
  }

  sum(a: Tensor, axes: readonly number[], keep = false): Tensor {
    return this.tf.sum(native(a), [...axes], keep);
  }

  dot(a: Tensor, b: Tensor): Tensor {
    return this.tf.sum(this.tf.mul(native(a), native(b)));
  }

  reshape(a: Tensor, shape: readonly number[]): Tensor {
    return this.tf.reshape(native(a), [...shape]);
  }

  transpose(a: Tensor, order: readonly number[]): Tensor {
    return this.tf.transpose(native(a), [...order]);
  }

  slice(a: Tensor, begin: readonly number[], size: readonly number[]): Tensor {
    return this.tf.slice(native(a), [...begin], [...size]);
  }

  concat(parts: readonly Tensor[], axis: number): Tensor {
    return this.tf.concat(parts.map(native), axis);
  }

  pad(a: Tensor, widths: readonly (readonly [number, number])[]): Tensor {
    return this.tf.pad(
      native(a),
      widths.map(([before, after]) => [before, after]),
    );
  }

  gatherRows(table: Tensor, ids: Tensor): Tensor {
    return this.tidy(() => this.tf.gather(native(table), this.tf.cast(native(ids), 'int32')));
  }

  scatterRows(values: Tensor, ids: Tensor, rows: number): Tensor {
    return scatterByProducts(this, this.tf, native(values), native(ids), rows);
  }

  conv2d(x: Tensor, w: Tensor, stride: number, dilation = 1): Tensor {
    const [image, filter] = [native(x) as tfjs.Tensor4D, native(w) as tfjs.Tensor4D];
    return this.tf.conv2d(image, filter, stride, 'valid', 'NHWC', dilation);
  }

  conv2dInput(dy: Tensor, w: Tensor, stride: number, shape: readonly number[]): Tensor {
    return convolveBack(this, this.tf, dy, native(w), stride, shape);
  }

  conv2dWeights(x: Tensor, dy: Tensor, stride: number, shape: readonly number[]): Tensor {
    return convolveSamples(this, x, dy, stride, shape);
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
