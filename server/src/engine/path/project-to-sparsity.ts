import { isPrunable, viewOf, type Layout } from '../network/layout';

/**
 * The nearest vector with this share of zeros among the weight matrices taken together: the smallest weights are set
 * to zero, ties in the order of the layout. Biases stay. Returns a new vector.
 */
export function projectToSparsity(
  layout: Layout,
  weights: Float32Array,
  sparsity: number,
): Float32Array {
  const projected = weights.slice();
  const parts = layout.entries.filter(isPrunable).map((entry) => viewOf(entry, projected));
  const count = parts.reduce((sum, part) => sum + part.length, 0);
  const zeros = Math.round(sparsity * count);
  if (zeros === 0) return projected;
  const threshold = nthSmallestMagnitude(parts, count, zeros - 1);
  zeroBelow(parts, threshold, zeros);
  return projected;
}

/** The share of zeros among the weight matrices, 0 to 1. */
export function sparsityOf(layout: Layout, weights: Float32Array): number {
  let zeros = 0;
  let count = 0;
  for (const entry of layout.entries.filter(isPrunable)) {
    const part = viewOf(entry, weights);
    count += part.length;
    for (const value of part) if (value === 0) zeros++;
  }
  return count > 0 ? zeros / count : 0;
}

function nthSmallestMagnitude(parts: readonly Float32Array[], count: number, n: number): number {
  const magnitudes = new Float32Array(count);
  let offset = 0;
  for (const part of parts) {
    for (let i = 0; i < part.length; i++) magnitudes[offset + i] = Math.abs(part[i] ?? 0);
    offset += part.length;
  }
  return magnitudes.sort()[n] ?? 0;
}

/** Zeroes all below the threshold, and of those that equal it as many as are still due. */
function zeroBelow(parts: readonly Float32Array[], threshold: number, zeros: number): void {
  let due = zeros;
  for (const part of parts)
    for (let i = 0; i < part.length; i++)
      if (Math.abs(part[i] ?? 0) < threshold) {
        part[i] = 0;
        due--;
      }
  for (const part of parts)
    for (let i = 0; i < part.length && due > 0; i++)
      if (Math.abs(part[i] ?? 0) === threshold) {
        part[i] = 0;
        due--;
      }
}
