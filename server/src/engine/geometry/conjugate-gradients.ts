import type { Backend } from '../backends/backend';
import { solveOnDevice } from './device-conjugate-gradients';
import { solveOnHost } from './host-conjugate-gradients';
import type { SampleProblem, SampleSolution, StoppingRule } from './sample-problem';

/**
 * Solves by the conjugate gradients of the *weight-space* problem (g + lambda) theta = lambda v + A^T d, started at
 * theta = v, written in sample space with theta = v + A^T z and b = d - A v. One product with K an iteration and no
 * vector of weights. Plain conjugate gradients on the sample-space system would minimise another norm, in which the
 * function drifts.
 */
export function solveInSampleSpace(
  backend: Backend,
  problem: SampleProblem,
  rule: StoppingRule,
): Promise<SampleSolution> {
  const solve = backend.readInterval === 1 ? solveOnHost : solveOnDevice;
  return solve(backend, problem, rule);
}
