import type { LayerFactory } from './layer';
import { unary } from './unary';

/** Every number times the same factor, which is not learnt. */
export const scaledBy =
  (factor: number): LayerFactory =>
  (shape = []) =>
    unary({
      outputShape: shape,
      forward: ({ backend }, _parameters, input) => ({ output: backend.scale(input, factor) }),
      jvpInput: (backend, _point, tangent) => backend.scale(tangent, factor),
      vjpInput: (backend, _point, cotangent) => backend.scale(cotangent, factor),
    });
