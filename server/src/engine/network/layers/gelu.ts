import type { Tensor } from '../../backends/backend';
import { elementwise } from './activation';
import type { LayerFactory } from './layer';

/** x P(X <= x) of a standard normal X (Hendrycks and Gimpel, 2016), by the error function. */
export const gelu: LayerFactory = elementwise((backend, x) => {
  const one = backend.tensor(Float32Array.of(1), []);
  const probability = backend.scale(
    backend.add(backend.erf(backend.scale(x, Math.SQRT1_2)), one),
    0.5,
  );
  const density = backend.scale(
    backend.exp(backend.scale(backend.multiply(x, x), -0.5)),
    1 / Math.sqrt(2 * Math.PI),
  );
  return {
    output: backend.multiply(x, probability),
    slope: backend.add(probability, backend.multiply(x, density)),
  };
});

const CUBIC = 0.044715;
const FACTOR = Math.sqrt(2 / Math.PI);

/** The same by the hyperbolic tangent that the authors give as an approximation. */
export const geluTanh: LayerFactory = elementwise((backend, x) => {
  const one = backend.tensor(Float32Array.of(1), []);
  const square = backend.multiply(x, x);
  const plus = (a: Tensor, factor: number) => backend.add(one, backend.scale(a, factor));
  const inner = backend.scale(backend.multiply(x, plus(square, CUBIC)), FACTOR);
  const t = backend.tanh(inner);
  const half = backend.scale(backend.add(one, t), 0.5);
  const innerSlope = backend.scale(plus(square, 3 * CUBIC), FACTOR);
  const bend = backend.multiply(backend.subtract(one, backend.multiply(t, t)), innerSlope);
  return {
    output: backend.multiply(x, half),
    slope: backend.add(half, backend.scale(backend.multiply(x, bend), 0.5)),
  };
});
