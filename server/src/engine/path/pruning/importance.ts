import { linearise } from '../../geometry/linearisation';
import { metricDiagonal } from '../../geometry/metric-diagonal';
import type { Random } from '../../random';
import type { RunContext } from '../../run-context';
import { viewOf } from '../../network/layout';
import type { OutputDistance } from '../../geometry/distances/output-distance';
import type { KeptSamples } from '../kept-function';
import { countOf, type Pruning } from './pruning';

/** So much of the mean diagonal is added to each entry: weights that no sample reaches still rank by magnitude. */
const DAMPING = 0.1;

/**
 * What a weight's magnitude is multiplied by, sqrt(g_ii + 0.1 mean g), in weight space: to second order the loss of weight
 * i alone moves the outputs by |w_i| sqrt(g_ii) (the diagonal of optimal brain damage, LeCun et al., 1990, for the metric).
 */
export async function importanceOf(
  pruning: Pruning,
  { backend, network }: RunContext,
  weights: Float32Array,
  { samples, distance }: { samples: KeptSamples; distance: OutputDistance },
  random: Random,
): Promise<Float32Array> {
  const diagonal = await backend.scope(() => {
    const inputs = backend.tensor(samples.inputs, [samples.count, network.inputs]);
    const linearisation = linearise(backend, network, weights, inputs);
    const embedding = distance.embed(backend, linearisation.outputs);
    return metricDiagonal(backend, network, linearisation, embedding, random);
  });
  const floor = DAMPING * meanOf(pruning, diagonal);
  return diagonal.map((value) => Math.sqrt(value + floor));
}

function meanOf(pruning: Pruning, diagonal: Float32Array): number {
  let sum = 0;
  for (const entry of pruning.entries) for (const value of viewOf(entry, diagonal)) sum += value;
  return sum / countOf(pruning);
}
