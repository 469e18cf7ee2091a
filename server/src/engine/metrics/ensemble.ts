import { viewOf, type Layout } from '../network/layout';
import { distance, dot, norm } from '../vector';

/**
 * How differently networks answer: the share of samples on which two predict different classes, mean over all pairs.
 * @param answers a class per sample, of each network
 */
export function disagreement(answers: readonly Int32Array[]): number {
  const shares = pairsOf(answers).map(([a, b]) => {
    const differing = a.filter((answer, row) => answer !== b[row]).length;
    return differing / a.length;
  });
  return mean(shares);
}

/**
 * How alike the networks' gradients by the input are: the largest cosine over all pairs, mean over samples (Kariyappa and
 * Qureshi, arXiv 1901.09981, define it so). A gradient of no length has no direction: its cosines are 0.
 * @param gradients [count, features] of each network
 */
export function coherence(gradients: readonly Float32Array[], count: number): number {
  const largest = Array.from({ length: count }, (_, row) => {
    const own = gradients.map((values) => {
      const features = values.length / count;
      return values.subarray(row * features, (row + 1) * features);
    });
    return Math.max(...pairsOf(own).map(([a, b]) => cosine(a, b)));
  });
  return mean(largest);
}

/**
 * How far networks are apart in each array of weights: |a - b| / sqrt(|a|^2 + |b|^2), mean over all pairs; 0 for equal
 * arrays, 1 for those at right angles. Running statistics are no weights and are left out.
 * @param networks flat vectors of weights
 */
export function layerDiversity(
  { entries }: Layout,
  networks: readonly Float32Array[],
): Map<string, number> {
  const weights = entries.filter(({ role }) => role !== 'statistic');
  return new Map(
    weights.map((entry) => {
      const own = networks.map((network) => viewOf(entry, network));
      return [entry.name, mean(pairsOf(own).map(([a, b]) => apart(a, b)))];
    }),
  );
}

/** Two arrays of nothing but zeros are equal. */
function apart(a: Float32Array, b: Float32Array): number {
  const size = Math.hypot(norm(a), norm(b));
  return size > 0 ? distance(a, b) / size : 0;
}

function cosine(a: Float32Array, b: Float32Array): number {
  const lengths = norm(a) * norm(b);
  return lengths > 0 ? dot(a, b) / lengths : 0;
}

function pairsOf<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((a, i) => items.slice(i + 1).map((b): [T, T] => [a, b]));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
