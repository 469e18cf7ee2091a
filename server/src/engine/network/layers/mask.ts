import type { LayerFactory } from './layer';
import { unary } from './unary';

/** 1 for tokens and 0 for padding, whose number is 0. A constant, as numbers of tokens are. */
export const maskOfIds: LayerFactory = (shape = []) =>
  unary({
    outputShape: shape,
    forward: ({ backend }, _parameters, ids) => ({ output: backend.step(ids) }),
    jvpInput: (backend, { output }) => backend.scale(output, 0),
    vjpInput: (backend, { output }) => backend.scale(output, 0),
  });
