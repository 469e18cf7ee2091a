import { isPrunable, viewOf, type Layout, type LayoutEntry } from '../network/layout';
import { leftOut } from './pruning/pattern';
import { targetOf, zeroShare, type Pruning } from './pruning/pruning';

/**
 * The vector nearest to the weights with this share of zeros among those that are pruned: the least important ones are
 * set to zero, ties in the order of the layout. All others stay. Returns a new vector.
 * @param sparsity 0 to 1; with a pattern at most what the pattern leaves out
 * @param importance what |w| is multiplied by to rank it, in weight space; 1 where left out
 */
export function projectToSparsity(
  pruning: Pruning,
  weights: Float32Array,
  sparsity: number,
  importance?: Float32Array,
): Float32Array {
  const projected = weights.slice();
  const pools = pruning.entries.map((entry) => candidatesOf(entry, pruning, weights, importance));
  const together = pruning.scope === 'global' ? [pools] : pools.map((pool) => [pool]);
  const share = pruning.pattern ? sparsity / targetOf(pruning, undefined) : sparsity;
  for (const pool of together) zeroLowest(pool, share, projected);
  return projected;
}

/** The share of zeros among the weight matrices, 0 to 1. */
export function sparsityOf(layout: Layout, weights: Float32Array): number {
  const entries = layout.entries.filter(isPrunable);
  return entries.length > 0 ? zeroShare({ entries }, weights) : 0;
}

/** Weights that compete for zeros: their scores, and where they stand in the flat vector. */
interface Candidates {
  scores: Float32Array;
  offset: number;
  /** Numbers within the entry; all of it where absent. */
  places?: Uint32Array;
}

function candidatesOf(
  entry: LayoutEntry,
  { pattern }: Pruning,
  weights: Float32Array,
  importance: Float32Array | undefined,
): Candidates {
  const scores = viewOf(entry, weights).map(Math.abs);
  if (importance) {
    const factors = viewOf(entry, importance);
    for (let i = 0; i < scores.length; i++) scores[i] = (scores[i] ?? 0) * (factors[i] ?? 0);
  }
  const { offset } = entry;
  if (!pattern) return { scores, offset };
  const places = leftOut(entry, pattern, scores);
  return { scores: Float32Array.from(places, (place) => scores[place] ?? 0), offset, places };
}

/** Zeroes a share of the candidates: those below a threshold, and of those that equal it as many as are still due. */
function zeroLowest(pool: readonly Candidates[], share: number, projected: Float32Array): void {
  const count = pool.reduce((sum, { scores }) => sum + scores.length, 0);
  let due = Math.min(count, Math.round(share * count));
  if (due === 0) return;
  const threshold = nthSmallest(pool, count, due - 1);
  for (const isDue of [(s: number) => s < threshold, (s: number) => s === threshold])
    for (const { scores, offset, places } of pool)
      for (let i = 0; i < scores.length && due > 0; i++)
        if (isDue(scores[i] ?? 0)) {
          projected[offset + (places?.[i] ?? i)] = 0;
          due--;
        }
}

function nthSmallest(pool: readonly Candidates[], count: number, n: number): number {
  const all = new Float32Array(count);
  let offset = 0;
  for (const { scores } of pool) {
    all.set(scores, offset);
    offset += scores.length;
  }
  return all.sort()[n] ?? 0;
}
