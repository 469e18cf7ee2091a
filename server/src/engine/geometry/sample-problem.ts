import type { Backend, Tensor } from '../backends/backend';

/** A step problem (K + lambda) z = b in sample space. */
export interface SampleProblem {
  /** u -> K u, symmetric and positive semi-definite. */
  kernel: (u: Tensor) => Tensor;
  /** lambda > 0, absolute. */
  damping: number;
  rightHandSide: Tensor;
}

/** When to stop: after so many iterations, or once the residual is this small relative to the first one. */
export interface StoppingRule {
  iterations: number;
  tolerance: number;
}

export interface SampleSolution {
  z: Tensor;
  /** b - (K + lambda) z */
  residual: Tensor;
  iterations: number;
  /**
   * |A^T residual| relative to the first one, the residual of the weight-space problem: of the last iterate where the
   * tolerance was reached, of the one before it where the iterations ran out.
   */
  relativeResidual: number;
}

/** A way to solve it. */
export type SampleSolver = (
  backend: Backend,
  problem: SampleProblem,
  rule: StoppingRule,
) => Promise<SampleSolution>;
