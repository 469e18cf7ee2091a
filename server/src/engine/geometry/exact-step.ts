import { type Backend, type Tensor, readScalar } from '../backends/backend';
import { axpy, norm } from '../vector';
import type { Metric } from './metric';
import { solveInSampleSpace } from './conjugate-gradients';
import type { SampleSolution, SampleSolver, StoppingRule, WarmStart } from './sample-problem';

/** The step problem at one point of the path. */
export interface StepProblem {
  metric: Metric;
  /** The full move v that the objective asks for, in weight space. */
  direction: Float32Array;
  /** lambda > 0, absolute. */
  damping: number;
  /** d = (f(X, w0) - f(X, w)) / sqrt(N), [N, m]: how far the outputs have drifted; undefined without correction. */
  drift?: Tensor;
  /** Where conjugate gradients begin. */
  start?: WarmStart;
}

/** A step theta and what it costs. */
export interface ExactStep {
  theta: Float32Array;
  /** |theta| */
  length: number;
  /** theta^T g theta on the metric's samples: the mean squared output change, to first order. */
  outputChange: number;
  iterations: number;
  relativeResidual: number;
  /** z and what else was found; tensors of the enclosing scope. */
  solution: SampleSolution;
}

/**
 * theta = v + A^T z, the solution of (g + lambda) theta = lambda v + A^T d: the objective's move, bent so that the
 * outputs hardly change, plus the pull back to the anchor's outputs. (Raghavan et al., eq. for theta*, in its
 * Lagrangian form; the correction is a damped Gauss-Newton step.)
 * @param solve conjugate gradients where left out
 */
export async function exactStep(
  backend: Backend,
  { metric, direction, damping, drift, start }: StepProblem,
  rule: StoppingRule,
  solve: SampleSolver = solveInSampleSpace,
): Promise<ExactStep> {
  const moved = metric.apply(direction);
  const rightHandSide = drift ? backend.subtract(drift, moved) : backend.scale(moved, -1);
  const kernel = (u: Tensor) => metric.kernel(u);
  const problem = { kernel, damping, rightHandSide, ...(start && { start }) };
  const solution = await solve(backend, problem, rule);
  const theta = await metric.applyTransposed(solution.z);
  axpy(1, direction, theta);
  const change = await outputChange(backend, drift, solution.residual, solution.z, damping);
  return {
    theta,
    length: norm(theta),
    outputChange: change,
    iterations: solution.iterations,
    relativeResidual: solution.relativeResidual,
    solution,
  };
}

/** |A theta|^2, for free: A theta = A v + K z = d - r - lambda z. */
async function outputChange(
  backend: Backend,
  drift: Tensor | undefined,
  residual: Tensor,
  z: Tensor,
  damping: number,
): Promise<number> {
  const negative = backend.add(residual, backend.scale(z, damping));
  const change = drift ? backend.subtract(drift, negative) : negative;
  return readScalar(backend, backend.dot(change, change));
}
