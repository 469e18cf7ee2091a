/**
 * Arithmetic on flat vectors of weights. Plain loops over Float32Array are as fast as tensor operations on CPU
 * backends; sums are taken in float64.
 */

/** y += a x */
export function axpy(a: number, x: Float32Array, y: Float32Array): void {
  for (let i = 0; i < y.length; i++) y[i] = (y[i] ?? 0) + a * (x[i] ?? 0);
}

/** x.y */
export function dot(x: Float32Array, y: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (x[i] ?? 0) * (y[i] ?? 0);
  return sum;
}

/** |x| */
export function norm(x: Float32Array): number {
  return Math.sqrt(dot(x, x));
}

/** x - y, a new vector. */
export function difference(x: Float32Array, y: Float32Array): Float32Array {
  // A loop: `map` with a closure takes four times as long on a network's weights.
  const result = new Float32Array(x.length);
  for (let i = 0; i < x.length; i++) result[i] = (x[i] ?? 0) - (y[i] ?? 0);
  return result;
}

/** |x - y| */
export function distance(x: Float32Array, y: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += ((x[i] ?? 0) - (y[i] ?? 0)) ** 2;
  return Math.sqrt(sum);
}

/** x *= a */
export function scaleInPlace(a: number, x: Float32Array): void {
  for (let i = 0; i < x.length; i++) x[i] = (x[i] ?? 0) * a;
}

/** Vectors one after another, a new one. */
export function concatenated(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** Zeroes what a mask takes away, in place: where it is 0. */
export function applyMask(mask: Float32Array, vector: Float32Array): void {
  for (let i = 0; i < vector.length; i++) if (mask[i] === 0) vector[i] = 0;
}
