import type { Tensor } from '../../backends/backend';
import type { ForwardContext, LayerFactory } from './layer';
import { sizeOf, unary } from './unary';

/** In training, zeroes each number with this probability and makes up for it by scaling the others; else nothing. */
export function dropout(rate: number): LayerFactory {
  return (shape = []) =>
    unary({
      outputShape: shape,
      forward({ backend, training }, _parameters, input) {
        if (!training || rate === 0) return { output: backend.reshape(input, input.shape) };
        const mask = drawMask({ backend, training }, input.shape, rate);
        return { output: backend.multiply(input, mask), saved: [mask] };
      },
      jvpInput: (backend, { saved: [mask] }, tangent) =>
        mask ? backend.multiply(tangent, mask) : tangent,
      vjpInput: (backend, { saved: [mask] }, cotangent) =>
        mask ? backend.multiply(cotangent, mask) : cotangent,
    });
}

function drawMask(
  { backend, training }: Required<ForwardContext>,
  shape: readonly number[],
  rate: number,
): Tensor {
  const values = new Float32Array(sizeOf(shape));
  const kept = 1 / (1 - rate);
  for (let i = 0; i < values.length; i++) values[i] = training.random.next() < rate ? 0 : kept;
  return backend.tensor(values, shape);
}
