import { viewOf } from '../../network/layout';
import type { Pruning } from './pruning';

/** The name of the first pruned array that a projection leaves without any weight, though it had some. */
export function emptiedBy(
  { entries }: Pick<Pruning, 'entries'>,
  weights: Float32Array,
  projected: Float32Array,
): string | undefined {
  const hasWeights = (values: Float32Array) => values.some((value) => value !== 0);
  return entries.find(
    (entry) => !hasWeights(viewOf(entry, projected)) && hasWeights(viewOf(entry, weights)),
  )?.name;
}

/** A warning that the ramp ends before its target, as a layer without weights lets nothing through. */
export function unreachable(found: { emptied: string; reached: number; target: number }): {
  code: string;
  message: string;
} {
  const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
  return {
    code: 'fip/target-unreachable',
    message:
      `The sparsity stays at ${percent(found.reached)} instead of ${percent(found.target)}: any more would leave ` +
      `\`${found.emptied}\` without a single weight, and nothing would get through. Lower \`target\`, take this layer ` +
      'out with `exclude`, or count the share in each layer with `scope: layer`.',
  };
}
