import type { NamedTensor } from '../../host';
import type { KeptFunction } from '../kept-function';
import type { Objective } from '../objectives/objective';
import type { SolverStep } from './solver-step';

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
