import type * as tfjs from '@tensorflow/tfjs-core';
import { totalmem } from 'node:os';
import util from 'node:util';
import type { Backend, Tensor } from './backend';
import { loadApart } from './load-apart';
import { loadPackages } from './missing-backend';
import { TfjsBackend } from './tfjs-backend';

/** TensorFlow has kernels for what other backends compose. */
class TensorflowBackend extends TfjsBackend {
  /** Of the machine; a graphics card, whose memory TensorFlow.js does not tell, may have less. */
  override readonly memoryBytes = totalmem();

  /** The package's own step is eight operations; this is two. */
  override step(a: Tensor): Tensor {
    return this.tidy(() => this.tf.relu(this.tf.sign(a as tfjs.Tensor)));
  }

  override scatterRows(values: Tensor, ids: Tensor, rows: number): Tensor {
    return this.tidy(() => {
      const numbers = this.tf.cast(this.tf.reshape(ids as tfjs.Tensor, [-1]), 'int32');
      return this.tf.unsortedSegmentSum(values as tfjs.Tensor, numbers as tfjs.Tensor1D, rows);
    });
  }

  override conv2dInput(dy: Tensor, w: Tensor, stride: number, shape: readonly number[]): Tensor {
    const attributes = { ...convolution(stride), inputShape: [...shape] };
    return this.kernel('Conv2DBackpropInput', { dy, filter: w }, attributes);
  }

  override conv2dWeights(x: Tensor, dy: Tensor, stride: number, shape: readonly number[]): Tensor {
    const attributes = { ...convolution(stride), filterShape: [...shape] };
    return this.kernel('Conv2DBackpropFilter', { x, dy }, attributes);
  }

  private kernel(name: string, inputs: Record<string, Tensor>, attributes: tfjs.NamedAttrMap) {
    const native = inputs as unknown as tfjs.NamedTensorMap;
    return this.tf.engine().runKernel<tfjs.Tensor>(name, native, attributes);
  }
}

function convolution(stride: number) {
  return { strides: stride, pad: 'valid', dataFormat: 'NHWC', dimRoundingMode: 'floor' };
}

let started: Promise<Backend> | undefined;

/**
 * Starts the native backend where @tensorflow/tfjs-node is installed and loads. Once a process; later calls hand out the
 * same. For the same bits in every process its environment must hold what runs/engine-environment.ts sets.
 * @throws EngineError `fip/backend-unavailable`
 */
export function loadTensorflowBackend(): Promise<Backend> {
  started ??= start();
  return started;
}

async function start(): Promise<Backend> {
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '3';
  restoreRemovedUtilities();
  const tf = await loadPackages('tensorflow', (require) =>
    loadApart(() => require('@tensorflow/tfjs-node') as typeof tfjs),
  );
  await tf.ready();
  return new TensorflowBackend(tf, 'tensorflow', deviceOf(tf));
}

function deviceOf(tf: typeof tfjs): string {
  const { isUsingGpuDevice } = tf.backend() as { isUsingGpuDevice?: boolean };
  return isUsingGpuDevice ? 'GPU (TensorFlow, CUDA)' : `CPU (TensorFlow${threads()})`;
}

function threads(): string {
  const count = process.env['TF_NUM_INTRAOP_THREADS'];
  return count ? `, ${count} ${count === '1' ? 'thread' : 'threads'}` : '';
}

/** tfjs-node 4.22 still calls two functions that Node 23 removed. */
function restoreRemovedUtilities(): void {
  const legacy = util as { isNullOrUndefined?: unknown; isArray?: unknown };
  legacy.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  legacy.isArray ??= Array.isArray;
}
