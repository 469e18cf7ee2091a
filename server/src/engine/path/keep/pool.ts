import type { Leg } from '../../../spec/experiment';
import type { DataSet } from '../../data/data-set';
import { Random } from '../../random';
import { gatherInputs } from '../../run-context';
import { concatenated } from '../../vector';

/** How many samples of a step are of the memory, and how many of the pool. */
export interface StepCounts {
  memory: number;
  pool: number;
}

/** What there is to draw from. */
export interface Available {
  memory: number;
  pool: number;
  /** Whether samples may come several times. */
  repeat: boolean;
}

/**
 * Parts the samples of a step between memory and pool. A memory that is too small for its part shrinks the other part, too:
 * the pool must not outweigh it by more than its share.
 * @param share part of the samples that is of the pool, 0 to 1
 */
export function partSamples(samples: number, share: number, available: Available): StepCounts {
  const most = (count: number) => (available.repeat ? Infinity : count);
  const wanted = share > 0 ? Math.max(1, Math.round((1 - share) * samples)) : samples;
  const memory = Math.min(wanted, most(available.memory));
  const fair = memory < wanted ? Math.round((memory * share) / (1 - share)) : samples - wanted;
  const pool = available.pool > 0 ? Math.min(fair, samples - memory, most(available.pool)) : 0;
  return { memory, pool };
}

/**
 * The training inputs of the pool's data sets, [count, features], or as many of them as the steps of the leg can draw: the
 * anchor need not say what nobody asks.
 */
export function poolInputs(
  { leg, solver }: Leg,
  dataSets: readonly DataSet[],
  seed: number,
): Float32Array {
  const total = dataSets.reduce((sum, { train }) => sum + train.count, 0);
  const drawable = Math.min(total, solver.steps * solver.samples);
  if (drawable === total) return wholeInputs(dataSets);
  const order = Random.of(seed, 'leg', leg, 'pool').sample(total, drawable);
  let from = 0;
  const parts = dataSets.map(({ train }) => {
    const own = order.filter((index) => index >= from && index < from + train.count);
    const part = gatherInputs(
      train,
      own.map((index) => index - from),
    );
    from += train.count;
    return part;
  });
  return concatenated(parts);
}

/** Without a copy where that is possible: pools are large. */
function wholeInputs(dataSets: readonly DataSet[]): Float32Array {
  const [first, ...others] = dataSets.map(({ train }) => train.inputs);
  return first && others.length === 0
    ? first
    : concatenated([first ?? new Float32Array(), ...others]);
}
