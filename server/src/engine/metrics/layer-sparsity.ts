import type { NumbersByName } from '../../protocol/generated';
import { isPrunable, type Layout } from '../network/layout';
import { zeroShare } from '../path/pruning/pruning';

/** The share of zeros in each weight matrix, 0 to 1, by its name; undefined where no weight is zero. */
export function layerSparsity(layout: Layout, weights: Float32Array): NumbersByName | undefined {
  const shares = layout.entries
    .filter(isPrunable)
    .map((entry) => [entry.name, zeroShare({ entries: [entry] }, weights)] as const);
  return shares.some(([, share]) => share > 0) ? Object.fromEntries(shares) : undefined;
}
