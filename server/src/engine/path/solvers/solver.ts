import type { NamedTensor } from '../../host';
import type { KeptFunction } from '../kept-function';
import type { Objective } from '../objectives/objective';

/** A step that was found. */
export interface SolverStep {
  theta: Float32Array;
  /** |theta| */
  length: number;
  /** theta^T g theta: the mean squared output change on the step's memory samples, to first order. */
  outputChange: number;
  /** Value of the objective before the step. */
  objectiveValue: number;
  iterations?: number;
  residual?: number;
  /** Mean output distance between before and after the step, on kept samples that its metric did not use. */
  movement?: number;
  /** How often theta was halved because the outputs moved too far. */
  halvings?: number;
  /** lambda relative to the metric's largest eigenvalue. */
  stiffness?: number;
  /** What the user should know of this step; told once in a leg. */
  warning?: { code: string; message: string };
}

/** How each step of a leg is found. */
export interface Solver {
  step(
    weights: Float32Array,
    step: number,
    objective: Objective,
    kept: KeptFunction,
  ): Promise<SolverStep>;
  /** Vectors and numbers that carry over from step to step. */
  state(): { tensors: NamedTensor[]; facts: Record<string, number> };
  restore(tensors: readonly NamedTensor[], facts: Record<string, number>, steps: number): void;
}
