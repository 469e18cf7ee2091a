import type { Backend, Tensor } from '../../backends/backend';
import { softmaxTangent } from '../../network/layers/softmax';
import { chordDistance, sumOverRows, type OutputDistance } from './output-distance';

/** |p - p0|^2 of the probabilities p = softmax(z). */
export const probabilitiesDistance: OutputDistance = chordDistance((backend, outputs) => {
  const p = backend.softmax(outputs);
  const derivative = (t: Tensor) => softmaxTangent(backend, p, t);
  return { values: p, tangent: derivative, cotangent: derivative };
}, probabilitiesOf);

/**
 * The Fisher metric F = diag(p) - p p^T: phi = 2 sqrt(p), as probabilities with this embedding lie on a sphere whose
 * lengths are those of F (Rao, 1945). The distance is the squared chord, 4 times Hellinger's.
 */
export const fisherDistance: OutputDistance = chordDistance(rootEmbedding(2), (row) =>
  probabilitiesOf(row).map((p) => 2 * Math.sqrt(p)),
);

/** -log sum sqrt(p p0), the distance of the paper's released code; to second order an eighth of Fisher's. */
export const bhattacharyyaDistance: OutputDistance = {
  embed: rootEmbedding(Math.SQRT1_2),
  sum: (outputs, anchor, width) =>
    sumOverRows(outputs, anchor, width, (a, b) => -Math.log(overlap(a, b))),
  // d/dz (-log c) = (p - sqrt(p p0) / c) / 2 with the overlap c = sum sqrt(p p0).
  gradient: (backend, outputs, anchor) =>
    backend.tidy(() => {
      const [p, p0] = [backend.softmax(outputs), backend.softmax(anchor)];
      const shared = backend.sqrt(backend.multiply(p, p0));
      const c = backend.sum(shared, [shared.shape.length - 1], true);
      return backend.scale(backend.subtract(p, backend.divide(shared, c)), 0.5);
    }),
};

/** KL(p0 || p), in nats: what the anchor's own labels would cost more; to second order half of Fisher's. */
export const klDistance: OutputDistance = {
  embed: rootEmbedding(Math.SQRT2),
  sum: (outputs, anchor, width) => sumOverRows(outputs, anchor, width, divergence),
  gradient: (backend, outputs, anchor) =>
    backend.tidy(() => backend.subtract(backend.softmax(outputs), backend.softmax(anchor))),
};

/** phi = scale sqrt(p): S = scale / 2 (diag(s) - s p^T) with s = sqrt(p). */
function rootEmbedding(scale: number) {
  return (backend: Backend, outputs: Tensor) => {
    const p = backend.softmax(outputs);
    const s = backend.sqrt(p);
    const along = (a: Tensor, b: Tensor) =>
      backend.sum(backend.multiply(a, b), [a.shape.length - 1], true);
    return {
      values: backend.scale(s, scale),
      tangent: (t: Tensor) =>
        backend.scale(backend.multiply(s, backend.subtract(t, along(p, t))), scale / 2),
      cotangent: (u: Tensor) =>
        backend.scale(
          backend.subtract(backend.multiply(s, u), backend.multiply(p, along(s, u))),
          scale / 2,
        ),
    };
  };
}

function probabilitiesOf(row: Float64Array): Float64Array {
  return logProbabilitiesOf(row).map(Math.exp);
}

function logProbabilitiesOf(row: Float64Array): Float64Array {
  const largest = row.reduce((a, b) => Math.max(a, b), -Infinity);
  const sum = row.reduce((total, value) => total + Math.exp(value - largest), 0);
  return row.map((value) => value - largest - Math.log(sum));
}

/** sum sqrt(p q), by logarithms, so that no small probability is lost. */
function overlap(row: Float64Array, anchor: Float64Array): number {
  const [a, b] = [logProbabilitiesOf(row), logProbabilitiesOf(anchor)];
  return a.reduce((sum, value, i) => sum + Math.exp((value + (b[i] ?? 0)) / 2), 0);
}

function divergence(row: Float64Array, anchor: Float64Array): number {
  const [a, b] = [logProbabilitiesOf(row), logProbabilitiesOf(anchor)];
  return b.reduce((sum, value, i) => sum + Math.exp(value) * (value - (a[i] ?? 0)), 0);
}
