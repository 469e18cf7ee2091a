import { constant } from './initialize';
import type { LayerFactory } from './layer';
import { at, sizeOf, unary } from './unary';

/** Likeness of each token to each row of an embedding's table: [..., width] -> [..., rows]. Made to share that table. */
export function timesTable(rows: number): LayerFactory {
  return (shape = []) => {
    const width = shape.at(-1) ?? 1;
    const outputShape = [...shape.slice(0, -1), rows];
    return unary({
      outputShape,
      parameters: [
        {
          name: 'weight',
          shape: [rows, width],
          role: 'embedding',
          initialize: constant([rows, width], 0),
        },
      ],
      multiplyAdds: sizeOf(shape) * rows,
      forward({ backend }, parameters, x) {
        const product = backend.matMul(backend.reshape(x, [-1, width]), at(parameters, 0), {
          transposeB: true,
        });
        return { output: backend.reshape(product, [x.shape[0] ?? 0, ...outputShape]) };
      },
      jvpInput(backend, { parameters, output }, tangent) {
        const product = backend.matMul(backend.reshape(tangent, [-1, width]), at(parameters, 0), {
          transposeB: true,
        });
        return backend.reshape(product, output.shape);
      },
      vjpInput(backend, { parameters, inputs }, cotangent) {
        const product = backend.matMul(backend.reshape(cotangent, [-1, rows]), at(parameters, 0));
        return backend.reshape(product, at(inputs, 0).shape);
      },
      weights: {
        jvp(backend, { inputs, output }, [tangent]) {
          const x = backend.reshape(at(inputs, 0), [-1, width]);
          return backend.reshape(
            backend.matMul(x, at([tangent], 0), { transposeB: true }),
            output.shape,
          );
        },
        vjp(backend, { inputs }, cotangent) {
          const x = backend.reshape(at(inputs, 0), [-1, width]);
          return [backend.matMul(backend.reshape(cotangent, [-1, rows]), x, { transposeA: true })];
        },
      },
    });
  };
}

/** Adds a weight to each number of the last axis. */
export const addBias: LayerFactory = (shape = []) => {
  const width = shape.at(-1) ?? 1;
  return unary({
    outputShape: shape,
    parameters: [
      { name: 'bias', shape: [width], role: 'vector', initialize: constant([width], 0) },
    ],
    forward: ({ backend }, parameters, x) => ({ output: backend.add(x, at(parameters, 0)) }),
    jvpInput: (_backend, _point, tangent) => tangent,
    vjpInput: (_backend, _point, cotangent) => cotangent,
    weights: {
      jvp: (backend, { output }, [tangent]) =>
        backend.add(backend.scale(output, 0), at([tangent], 0)),
      vjp: (backend, _point, cotangent) => [
        backend.sum(backend.reshape(cotangent, [-1, width]), [0]),
      ],
    },
  });
};
