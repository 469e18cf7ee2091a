import { constant } from '../../../server/src/engine/network/layers/initialize';
import type { LayerFactory } from '../../../server/src/engine/network/layers/layer';
import { unary } from '../../../server/src/engine/network/layers/unary';

/** Adds a weight to every input: a layer behind it shows its derivative in its inputs as one in these weights. */
export const probe: LayerFactory = (shape = []) =>
  unary({
    outputShape: shape,
    parameters: [{ name: 'offset', shape, role: 'vector', initialize: constant(shape, 0) }],
    forward: ({ backend }, [offset], x) => ({ output: backend.add(x, offset!) }),
    jvpInput: (_backend, _point, tangent) => tangent,
    vjpInput: (_backend, _point, cotangent) => cotangent,
    weights: {
      jvp: (backend, { output }, [tangent]) => backend.add(backend.scale(output, 0), tangent!),
      vjp: (backend, _point, cotangent) => [backend.sum(cotangent, [0])],
    },
  });
