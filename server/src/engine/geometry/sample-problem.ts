import type { Backend, Tensor } from '../backends/backend';

/** A step problem (K + lambda) z = b in sample space. */
export interface SampleProblem {
  /** u -> K u, symmetric and positive semi-definite. */
  kernel: (u: Tensor) => Tensor;
  /** lambda > 0, absolute. */
  damping: number;
  rightHandSide: Tensor;
  /** Where conjugate gradients begin; at 0 where left out. */
  start?: WarmStart;
}

/** A solution of nearly the same problem. */
export interface WarmStart {
  /** Of the right-hand side's shape, row-major. */
  z: Float32Array;
  /** |A^T residual|^2 of the problem that was begun at 0: what the tolerance is relative to. */
  first: number;
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
  /** |A^T residual|^2 of the problem begun at 0, or what the warm start says. */
  first: number;
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
