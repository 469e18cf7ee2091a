import type { Tensor } from '../../backends/backend';
import { ShapeError, type LayerFactory } from './layer';
import { at, shapeText } from './unary';

/** The sum of two inputs of one shape: where a residual connection ends. */
export const add: LayerFactory = (first = [], second = []) => {
  if (first.join() !== second.join())
    throw new ShapeError(`cannot add ${shapeText(first)} and ${shapeText(second)}`);
  return {
    outputShape: first,
    parameters: [],
    multiplyAdds: 0,
    forward: ({ backend }, _parameters, inputs) => ({
      output: backend.add(at(inputs, 0), at(inputs, 1)),
    }),
    jvpInput(backend, _point, tangents) {
      const there = tangents.filter((tangent): tangent is Tensor => tangent !== undefined);
      return there.length === 2 ? backend.add(at(there, 0), at(there, 1)) : at(there, 0);
    },
    vjpInput: (_backend, _point, cotangent) => [cotangent, cotangent],
  };
};
