import type { Metrics } from '../../protocol/generated';
import type { OutputDistance } from '../geometry/distances/output-distance';
import type { KeptFunction, KeptSamples } from './kept-function';

/** Held-out outputs that moved by this part of their own spread are no longer the same function. */
const TOLERATED = 0.5;

/** A warning where the path has left the manifold of networks with the anchor's function. */
export function offManifoldWarning(
  metrics: Metrics,
  kept: KeptFunction,
): { code: string; message: string } | undefined {
  const moved = metrics.output_distance?.['held_out'];
  const spread = outputSpread([...kept.heldOut.values()], kept.distance);
  if (typeof moved !== 'number' || moved <= TOLERATED * spread) return undefined;
  const percent = Math.round((100 * moved) / spread);
  return {
    code: 'fip/off-manifold',
    message:
      `The path has left the manifold: held-out outputs have moved by ${percent} % of their spread. ` +
      'Take smaller or more steps, lower the `stiffness`, or keep more samples in `memory`.',
  };
}

/** Mean distance of the anchor's outputs from their mean. */
export function outputSpread(kept: readonly KeptSamples[], distance: OutputDistance): number {
  const count = kept.reduce((sum, samples) => sum + samples.count, 0);
  const width = (kept[0]?.anchorOutputs.length ?? 0) / Math.max(kept[0]?.count ?? 1, 1);
  const mean = new Float64Array(width);
  for (const { anchorOutputs } of kept)
    anchorOutputs.forEach((value, i) => (mean[i % width]! += value / count));
  const total = kept.reduce((sum, { anchorOutputs }) => {
    const middle = anchorOutputs.map((_, i) => mean[i % width] ?? 0);
    return sum + distance.sum(middle, anchorOutputs, width);
  }, 0);
  return total / count;
}
