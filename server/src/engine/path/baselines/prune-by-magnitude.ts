import { projectToSparsity } from '../project-to-sparsity';
import { pruningOf, targetOf, zeroShare } from '../pruning/pruning';
import type { BaselineSetting } from './baseline-method';

/**
 * Weights with the smallest of those set to zero that the leg prunes; returns a new vector.
 * @param part 1 for the leg's target; less for a share of zeros on the way there, with the same share of what is left going
 * in each equal part
 */
export function pruneByMagnitude(
  { context, leg, index, anchor }: BaselineSetting,
  weights: Float32Array,
  part: number,
): Float32Array {
  const { objective } = leg;
  if (objective.type !== 'sparsify') throw new TypeError('Only a sparsify leg has a target.');
  const { layout } = context.network;
  const pointer = `/path/${index}/objective`;
  const pruning = pruningOf(objective, layout, pointer);
  const target = targetOf(pruning, objective.target);
  if (part === 1) return projectToSparsity(pruning, weights, target);
  const before = zeroShare(pruning, anchor);
  const left = (1 - before) * ((1 - target) / (1 - before)) ** part;
  return projectToSparsity(pruning, weights, 1 - left);
}
