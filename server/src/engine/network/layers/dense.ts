import type { Backend, Tensor } from '../../backends/backend';
import { constant, normals } from './initialize';
import type { LayerFactory, ParameterSpec, Point, WeightRules } from './layer';
import { at, sizeOf, unary } from './unary';

export interface DenseOptions {
  units: number;
  /** Standard deviation of the initial weights times the square root of the inputs; 1 where left out. */
  gain?: number;
  /** Standard deviation of the initial weights, whatever the inputs; overrides `gain`. */
  deviation?: number;
}

/** y = x W + b over the last axis: x [N, ..., inputs], W [inputs, units], b [units]. */
export function dense({ units, gain = 1, deviation }: DenseOptions): LayerFactory {
  return (shape = []) => {
    const inputs = shape.at(-1) ?? 1;
    const outputShape = [...shape.slice(0, -1), units];
    const spread = deviation ?? gain / Math.sqrt(inputs);
    return unary({
      outputShape,
      parameters: [weight(inputs, units, spread), bias(units)],
      multiplyAdds: sizeOf(shape) * units,
      forward({ backend }, parameters, input) {
        const product = backend.matMul(asRows(backend, input), at(parameters, 0));
        const sum = backend.add(product, at(parameters, 1));
        return { output: backend.reshape(sum, [input.shape[0] ?? 0, ...outputShape]) };
      },
      jvpInput: (backend, point, tangent) =>
        like(point.output, backend, rowsTimes(backend, tangent, at(point.parameters, 0), false)),
      vjpInput: (backend, point, cotangent) =>
        like(
          at(point.inputs, 0),
          backend,
          rowsTimes(backend, cotangent, at(point.parameters, 0), true),
        ),
      weights: denseWeightRules(inputs, units),
    });
  };
}

function rowsTimes(backend: Backend, a: Tensor, w: Tensor, transposeB: boolean): Tensor {
  return backend.matMul(asRows(backend, a), w, { transposeB });
}

/** All axes but the last as one: [N, ..., n] -> [rows, n]. */
function asRows(backend: Backend, a: Tensor): Tensor {
  return a.shape.length === 2 ? a : backend.reshape(a, [-1, a.shape.at(-1) ?? 1]);
}

function like(model: Tensor, backend: Backend, rows: Tensor): Tensor {
  return model.shape.length === 2 ? rows : backend.reshape(rows, model.shape);
}

function weight(inputs: number, units: number, deviation: number): ParameterSpec {
  const shape = [inputs, units];
  const initialize = normals(shape, deviation);
  return { name: 'weight', shape, role: 'kernel', fileOrder: [1, 0], initialize };
}

function bias(units: number): ParameterSpec {
  return { name: 'bias', shape: [units], role: 'vector', initialize: constant([units], 0) };
}

function denseWeightRules(inputs: number, units: number): WeightRules {
  const rowsOf = (backend: Backend, { inputs: [x] }: Point) => asRows(backend, at([x], 0));
  return {
    jvp(backend, point, tangents) {
      const product = backend.matMul(rowsOf(backend, point), at(tangents, 0));
      return like(point.output, backend, backend.add(product, at(tangents, 1)));
    },
    vjp(backend, point, cotangent) {
      const rows = asRows(backend, cotangent);
      const product = backend.matMul(rowsOf(backend, point), rows, { transposeA: true });
      return [product, backend.sum(rows, [0])];
    },
    kernel(backend, point, uses) {
      const x = rowsOf(backend, point);
      const isGram = isGramCheaper(x.shape[0] ?? 0, inputs, units, uses);
      const product = isGram ? gramKernel(backend, x) : factoredKernel(backend, x);
      return (cotangent) => like(point.output, backend, product(asRows(backend, cotangent)));
    },
    // Those of samples i and j are outer products x u^T: their product is (x_i.x_j + 1) (u_i.u_j), the 1 for the bias.
    gram(backend, point, cotangents) {
      if (point.output.shape.length !== 2) return undefined;
      const [samples = 1, rows = 1] = [point.output.shape[0], cotangents.shape[0]];
      const count = rows / samples;
      const outer = backend.matMul(cotangents, cotangents, { transposeB: true });
      const shape = [samples, 1, samples];
      const inputs = backend.reshape(inputGram(backend, rowsOf(backend, point)), shape);
      const blocks = backend.reshape(outer, [count, samples, count, samples]);
      return backend.reshape(backend.multiply(blocks, inputs), [rows, rows]);
    },
    // Each sample's cotangent is the outer product x u^T, so that its square is that of the squares.
    squares(backend, point, cotangent) {
      if (point.output.shape.length !== 2) return undefined;
      const square = (a: Tensor) => backend.multiply(a, a);
      const rows = square(cotangent);
      const product = backend.matMul(square(rowsOf(backend, point)), rows, { transposeA: true });
      return [product, backend.sum(rows, [0])];
    },
  };
}

/** Multiply-adds of building X X^T once and using it, against X (X^T u) each time. */
function isGramCheaper(rows: number, inputs: number, units: number, uses: number): boolean {
  return rows * (inputs + uses * units) < 2 * uses * inputs * units;
}

/** u -> (X X^T + 1) u with the [rows, rows] Gram matrix of the inputs; the 1 is the bias. */
function gramKernel(backend: Backend, x: Tensor): (cotangent: Tensor) => Tensor {
  const gram = inputGram(backend, x);
  return (cotangent) => backend.matMul(gram, cotangent);
}

/** X X^T + 1, [rows, rows]; the 1 is the bias. */
function inputGram(backend: Backend, x: Tensor): Tensor {
  const one = backend.tensor(Float32Array.of(1), []);
  return backend.add(backend.matMul(x, x, { transposeB: true }), one);
}

/** Matrix products are fastest where their extents are multiples of it. */
const WIDTH_MULTIPLE = 8;

/** u -> X (X^T u), where a column of ones stands behind the inputs for the bias, and zeros fill up their width. */
function factoredKernel(backend: Backend, x: Tensor): (cotangent: Tensor) => Tensor {
  const [rows = 0, inputs = 0] = x.shape;
  const width = WIDTH_MULTIPLE * Math.ceil((inputs + 1) / WIDTH_MULTIPLE);
  const ones = backend.tensor(new Float32Array(rows).fill(1), [rows, 1]);
  const extended = backend.pad(backend.concat([x, ones], 1), [
    [0, 0],
    [0, width - inputs - 1],
  ]);
  return (cotangent) =>
    backend.matMul(extended, backend.matMul(extended, cotangent, { transposeA: true }));
}
