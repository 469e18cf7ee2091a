import type { Metrics } from '../../protocol/generated';
import type { KeptFunction, KeptSamples } from './kept-function';

/** Held-out outputs that moved by this part of their own spread are no longer the same function. */
const TOLERATED = 0.5;

/** A warning where the path has left the manifold of networks with the anchor's function. */
export function offManifoldWarning(
  metrics: Metrics,
  kept: KeptFunction,
): { code: string; message: string } | undefined {
  const moved = metrics.output_distance?.['held_out'];
  const spread = outputSpread([...kept.heldOut.values()]);
  if (typeof moved !== 'number' || moved <= TOLERATED * spread) return undefined;
  const percent = Math.round((100 * moved) / spread);
  return {
    code: 'fip/off-manifold',
    message:
      `The path has left the manifold: held-out outputs have moved by ${percent} % of their spread. ` +
      'Take smaller or more steps, lower the `stiffness`, or keep more samples in `memory`.',
  };
}

/** Mean squared distance of the anchor's outputs to their mean. */
function outputSpread(kept: readonly KeptSamples[]): number {
  const rows = kept.reduce((sum, { count }) => sum + count, 0);
  const outputs = (kept[0]?.anchorOutputs.length ?? 0) / Math.max(kept[0]?.count ?? 1, 1);
  let spread = 0;
  for (let k = 0; k < outputs; k++) {
    let sum = 0;
    let squares = 0;
    for (const { anchorOutputs } of kept)
      for (let i = k; i < anchorOutputs.length; i += outputs) {
        const value = anchorOutputs[i] ?? 0;
        sum += value;
        squares += value * value;
      }
    spread += squares / rows - (sum / rows) ** 2;
  }
  return spread;
}
