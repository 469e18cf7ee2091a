import type { NamedTensor } from '../../host';
import { asTensor, restoreInto } from '../../saved-vector';
import { axpy, norm, scaleInPlace } from '../../vector';
import type { Move, ObjectiveGradient } from './objective';

/** Length of a step where the spec names none. */
const DEFAULT_STEP_SIZE = 0.2;

/** The step size falls in a straight line to this part of itself, so that the path comes to rest. */
const LAST_STEP_SHARE = 0.2;

/** Directions of a leg that goes down a loss: the negative gradient with momentum, of a set length. */
export interface SetLengthMoves {
  /** The move v of step `step`; a step size is |v| at the first step. */
  move(found: ObjectiveGradient, step: number, stepSize?: number): Move;
  state(): NamedTensor[];
  restore(tensors: readonly NamedTensor[]): void;
}

/**
 * @param size number of weights
 * @param share part of the last gradient that is carried over
 * @param steps of the leg
 */
export function setLengthMoves(size: number, share: number, steps: number): SetLengthMoves {
  const momentum = new Float32Array(size);
  return {
    move: ({ value, gradient }, step, stepSize = DEFAULT_STEP_SIZE) => {
      scaleInPlace(share, momentum);
      axpy(1, gradient, momentum);
      const direction = momentum.slice();
      const length = stepSize * (1 - ((1 - LAST_STEP_SHARE) * step) / steps);
      scaleInPlace(-length / Math.max(norm(momentum), Number.MIN_VALUE), direction);
      return { value, direction };
    },
    state: () => [asTensor('objective.momentum', momentum)],
    restore: (tensors) => restoreInto(momentum, tensors, 'objective.momentum'),
  };
}
