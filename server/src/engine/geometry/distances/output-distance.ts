import type { Backend, Tensor } from '../../backends/backend';

/**
 * How far outputs z [N, m] are from those of the anchor. Each distance has an embedding phi of outputs: its metric is
 * that of the squared Euclidean distance there, (dphi/dz)^T dphi/dz, which the distance agrees with to second order.
 */
export interface OutputDistance {
  /** The embedding and its derivative at these outputs. Its tensors live in the enclosing scope. */
  embed(backend: Backend, outputs: Tensor): Embedding;
  /** The distance itself, summed over rows. */
  sum(outputs: Float32Array, anchor: Float32Array, width: number): number;
  /** The gradient of that sum with respect to the outputs, [N, m]. */
  gradient(backend: Backend, outputs: Tensor, anchor: Tensor): Tensor;
}

/** Outputs in their embedding, and its derivative S = dphi/dz there, row by row. */
export interface Embedding {
  /** phi(z), [N, m] */
  readonly values: Tensor;
  /** S t */
  readonly tangent: (t: Tensor) => Tensor;
  /** S^T u */
  readonly cotangent: (u: Tensor) => Tensor;
}

/** A squared Euclidean distance in an embedding: what is the same for all of them. */
export function chordDistance(
  embed: OutputDistance['embed'],
  embedRow: (row: Float64Array) => Float64Array,
): OutputDistance {
  return {
    embed,
    sum: (outputs, anchor, width) =>
      sumOverRows(outputs, anchor, width, (a, b) => squaredLength(embedRow(a), embedRow(b))),
    gradient: (backend, outputs, anchor) =>
      backend.tidy(() => {
        const { values, cotangent } = embed(backend, outputs);
        const difference = backend.subtract(values, embed(backend, anchor).values);
        return backend.scale(cotangent(difference), 2);
      }),
  };
}

/** The sum of a function of two rows of equal width, in float64. */
export function sumOverRows(
  outputs: Float32Array,
  anchor: Float32Array,
  width: number,
  distance: (row: Float64Array, anchor: Float64Array) => number,
): number {
  let sum = 0;
  for (let from = 0; from < outputs.length; from += width)
    sum += distance(
      Float64Array.from(outputs.subarray(from, from + width)),
      Float64Array.from(anchor.subarray(from, from + width)),
    );
  return sum;
}

function squaredLength(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + (value - (b[i] ?? 0)) ** 2, 0);
}
