import type * as tfjs from '@tensorflow/tfjs-core';
import type { Backend, Tensor } from './backend';

/** Rows made at a time: a product's one-hot operand has as many columns. */
const CHUNK = 2048;

/**
 * Rows summed by their numbers, as products with one-hot matrices: the same bits every time, where a graphics card's own
 * kernel adds in the order in which its threads come.
 */
export function scatterByProducts(
  backend: Backend,
  tf: typeof tfjs,
  values: tfjs.Tensor,
  ids: tfjs.Tensor,
  rows: number,
): Tensor {
  return backend.tidy(() => {
    const numbers = tf.cast(tf.reshape(ids, [-1]), 'int32');
    const parts: Tensor[] = [];
    for (let from = 0; from < rows; from += CHUNK) {
      const shifted = tf.sub(numbers, tf.scalar(from, 'int32'));
      const chosen = tf.oneHot(shifted, Math.min(CHUNK, rows - from), 1, 0, 'float32');
      parts.push(backend.matMul(chosen, values, { transposeA: true }));
    }
    return parts.length === 1 ? (parts[0] ?? values) : backend.concat(parts, 0);
  });
}
