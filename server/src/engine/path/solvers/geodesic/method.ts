import type { GeodesicSolver } from '../../../../spec/experiment';
import { isWrittenCheaply } from '../../../geometry/gram-matrix';
import type { Network } from '../../../network/network';

/**
 * Rows of the metric that are written out and factorised in the time of one iteration of conjugate gradients. Measured on
 * networks of 784-300-100-10 and 144-64-20: 300 rows take as long as 15 iterations, to within a factor of 2.
 */
const ROWS_AN_ITERATION = 20;
/** The cost grows with the cube of the rows, and conjugate gradients rarely need all of their iterations. */
const MOST_ROWS = 500;

/**
 * How a step on so many samples is solved.
 * @param isMasked whether only some weights move, of which layers have no rule to write the metric out
 */
export function methodOf(
  { method, iterations }: Pick<GeodesicSolver, 'method' | 'iterations'>,
  network: Network,
  samples: number,
  isMasked = false,
): 'cg' | 'gram' {
  if (method !== 'auto') return method;
  if (isMasked) return 'cg';
  const rows = samples * network.outputs;
  const isSmall = rows <= Math.min(MOST_ROWS, ROWS_AN_ITERATION * iterations);
  return isSmall && isWrittenCheaply(network) ? 'gram' : 'cg';
}
