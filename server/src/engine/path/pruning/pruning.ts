import type { SparsifyObjective } from '../../../spec/experiment';
import { EngineError } from '../../engine-error';
import { isPrunable, viewOf, type Layout, type LayoutEntry } from '../../network/layout';
import { chosenWeights, namesWeight, unmatchedMessage } from '../../network/match-weights';
import { prunableByPattern, readPattern, type Pattern } from './pattern';

/** Which weights may become zero, and how they compete. */
export interface Pruning {
  /** The arrays that are pruned. */
  entries: readonly LayoutEntry[];
  /** Whether the share is counted over all of them together or in each. */
  scope: SparsifyObjective['scope'];
  pattern?: Pattern;
}

type Choice = Pick<SparsifyObjective, 'include' | 'exclude' | 'scope' | 'pattern'>;

/**
 * The pruning that an objective asks for.
 * @param pointer of the objective
 * @throws EngineError `fip/unknown-weight` where a name means no weight matrix, `fip/nothing-to-prune` where none is left
 */
export function pruningOf(spec: Choice, layout: Layout, pointer: string): Pruning {
  const prunable = layout.entries.filter(isPrunable);
  checkNames(spec, prunable, pointer);
  const entries = chosenWeights(prunable, spec);
  if (entries.length === 0)
    throw new EngineError(
      'fip/nothing-to-prune',
      'No weight matrix is left to prune: `exclude` takes away all that `include` names.',
      `${pointer}/exclude`,
    );
  const pattern = spec.pattern === undefined ? undefined : readPattern(spec.pattern);
  return { entries, scope: spec.scope, ...(pattern && { pattern }) };
}

function checkNames(spec: Choice, prunable: readonly LayoutEntry[], pointer: string): void {
  const names = prunable.map(({ name }) => name);
  for (const key of ['include', 'exclude'] as const)
    for (const [index, name] of (spec[key] ?? []).entries())
      if (!names.some((weight) => namesWeight(name, weight)))
        throw new EngineError(
          'fip/unknown-weight',
          unmatchedMessage(name, names),
          `${pointer}/${key}/${index}`,
        );
}

/** How many weights there are to prune. */
export function countOf({ entries }: Pick<Pruning, 'entries'>): number {
  return entries.reduce((sum, { size }) => sum + size, 0);
}

/** The share of zeros among the weights that are pruned. */
export function zeroShare({ entries }: Pick<Pruning, 'entries'>, weights: Float32Array): number {
  let zeros = 0;
  for (const entry of entries) for (const value of viewOf(entry, weights)) if (value === 0) zeros++;
  return zeros / countOf({ entries });
}

/** The share of zeros that a pruning leads to: the target, or what its pattern leaves out. */
export function targetOf(pruning: Pruning, target: number | undefined): number {
  const { pattern, entries } = pruning;
  if (!pattern) return target ?? 0;
  const zeros = entries.reduce((sum, entry) => sum + prunableByPattern(entry, pattern), 0);
  return zeros / countOf(pruning);
}
