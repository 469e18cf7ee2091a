import type { Leg } from '../../../../spec/experiment';

/**
 * The stiffness where the spec names none: adapted where a loss falls, else strict. Measured on MNIST: paths to 95 % zeros end
 * best with strict steps (97.2 %, 97.0 with an adapted stiffness); steps as strict hardly learn Fashion-MNIST beside an
 * augmented memory (67 %, 80 to 84).
 */
export function defaultStiffness(objective: Leg['objective']['type']): number | 'auto' {
  return objective === 'learn' || objective === 'fit' ? 'auto' : 1e-4;
}

/** Where an adapted stiffness begins. */
export const FIRST_STIFFNESS = 1e-2;

/** It stays between these: beyond them it changes the step no more. */
const [LEAST, MOST] = [1e-6, 100];
/**
 * It grows by this factor a step, at most: what soft steps leave adds up over many steps, and would overshoot. What is too
 * much can be taken back at once, so that it falls faster.
 */
const [MOST_GROWTH, MOST_FALL] = [1.2, 0.5];

/**
 * The stiffness of the next step. Movements grow with the square of the stiffness where the metric holds firmly and hardly
 * at all where it does not; the square root of what is wanted is a step in between.
 * @param movement that the last step would have left as it was found, before it was halved
 * @param budget what it should have been, in the same unit
 */
export function nextStiffness(stiffness: number, movement: number, budget: number): number {
  const wanted = Number.isNaN(movement) ? 0 : Math.sqrt(budget / movement);
  const change = Math.min(MOST_GROWTH, Math.max(MOST_FALL, wanted));
  return Math.min(MOST, Math.max(LEAST, stiffness * change));
}
