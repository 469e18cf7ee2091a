import type { NamedTensor } from '../../host';
import type { KeptFunction } from '../kept-function';
import type { LegWarning } from '../leg-warning';
import type { SolverStep } from '../solvers/solver-step';

/** What improves along a leg. A step number s counts from 0: step s leads from the s-th to the (s+1)-th network. */
export interface Objective {
  /** Told before the first step, and after `restore`, what the leg keeps. */
  begin?(kept: KeptFunction): Promise<void>;
  /** The value at a step and its gradient in weight space, for solvers that descend. */
  gradient(weights: Float32Array, step: number): Promise<ObjectiveGradient>;
  /** The full move v that a geodesic step bends, and the value at the step. */
  direction(weights: Float32Array, step: number, stepSize: number | undefined): Promise<Move>;
  /** Brings a step that the solver has found to the length that it must have. */
  adjust?(found: SolverStep): SolverStep;
  /** Networks that are the leg's product, where it finds several: the ends of its paths so far. */
  readonly members?: readonly Float32Array[];
  /** Whether a path ends after `steps` steps and the leg goes back to its anchor; keeps its end in `members`. */
  endsPath?(weights: Float32Array, steps: number): boolean;
  /** The network that one would take home after `steps` steps; the weights themselves where nothing is left to do. */
  present(weights: Float32Array, steps: number): Float32Array;
  /** The leg's first network brought to the goal without a path, where that makes sense. */
  projected?(anchor: Float32Array): Float32Array;
  /** Distance in weight space to the nearest network that meets the goal, where there is one. */
  distanceToTarget?(weights: Float32Array): number;
  /** What the user should know of it, once, when the leg begins. */
  readonly warnings?: readonly LegWarning[];
  /** Vectors that carry over from step to step. */
  state(): NamedTensor[];
  restore(tensors: readonly NamedTensor[]): void;
}

export interface ObjectiveGradient {
  value: number;
  gradient: Float32Array;
}

export interface Move {
  value: number;
  direction: Float32Array;
}
