import type { Leg } from '../../spec/experiment';
import { viewOf, type Layout } from '../network/layout';
import type { RunContext } from '../run-context';
import { pruningOf } from './pruning/pruning';

/**
 * Zeros that a path has made: 1 in weight space for weights that a `sparsify` leg has set to zero and that are zero still.
 * Zeros that the first network brought are none of them until a leg prunes the array that they stand in.
 */
export type MadeZeros = Float32Array;

/**
 * The context of a leg: where the leg holds the zeros that were made before it, they are not free.
 * @param made before the leg
 * @param weights that the leg begins with
 */
export function withHeldZeros(
  context: RunContext,
  leg: Leg,
  made: MadeZeros | undefined,
  weights: Float32Array,
): RunContext {
  if (leg.zeros === 'free' || !made) return context;
  const held = stillZero(made, weights);
  return held ? { ...context, free: held.map((zero) => 1 - zero) } : context;
}

/**
 * The zeros that a path has made by the end of a leg; undefined where there are none.
 * @param index of the leg
 * @param made before the leg
 * @param weights at its end
 */
export function zerosAfter(
  { objective }: Leg,
  index: number,
  layout: Layout,
  made: MadeZeros | undefined,
  weights: Float32Array,
): MadeZeros | undefined {
  const candidates = made?.slice() ?? new Float32Array(layout.size);
  if (objective.type === 'sparsify')
    for (const entry of pruningOf(objective, layout, `/path/${index}/objective`).entries)
      viewOf(entry, candidates).fill(1);
  return stillZero(candidates, weights);
}

function stillZero(made: MadeZeros, weights: Float32Array): MadeZeros | undefined {
  const zeros = made.map((zero, i) => (weights[i] === 0 ? zero : 0));
  return zeros.includes(1) ? zeros : undefined;
}
