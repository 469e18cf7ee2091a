import * as tf from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { Tensor } from './backend';

/** A tensor's numbers where they lie. Invalid after the next allocation, which may move the heap. */
export function heapView(tensor: Tensor): Float32Array {
  return wasm().typedArrayFromHeap(tensor as tf.Tensor) as Float32Array;
}

/** A tensor whose numbers are still to be written. */
export function emptyTensor(shape: readonly number[]): Tensor {
  const output = wasm().makeOutput([...shape], 'float32');
  return tf.engine().makeTensorFromTensorInfo(output);
}

function wasm(): BackendWasm {
  return tf.backend() as BackendWasm;
}
