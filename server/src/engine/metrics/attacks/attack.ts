import type { Random } from '../../random';

/** The losses of samples and the gradient of their sum by the inputs, [N, features]. */
export interface InputGradient {
  losses: Float32Array;
  gradient: Float32Array;
}

/** The loss that an attack raises, at inputs [N, features]. */
export type LossByInput = (inputs: Float32Array) => Promise<InputGradient>;

/** What an attack may do, in the units of the network's inputs. */
export interface AttackLimits {
  /** Largest change of a value. */
  epsilon: number;
  /** The range of a value. */
  low: number;
  high: number;
  /** Steps, of attacks that take several. */
  steps: number;
  /** Length of such a step; attacks that choose it themselves take no notice. */
  stepSize: number;
}

/** Changes inputs [N, features] within the limits so that the loss rises; a new array. */
export type Attack = (
  loss: LossByInput,
  inputs: Float32Array,
  limits: AttackLimits,
  random: Random,
) => Promise<Float32Array>;

/** Brings changed inputs back into the ball around the given ones and into the range of values, in place. */
export function intoLimits(
  changed: Float32Array,
  given: Float32Array,
  { epsilon, low, high }: AttackLimits,
): void {
  for (let i = 0; i < changed.length; i++) {
    const centre = given[i] ?? 0;
    const nearest = Math.min(Math.max(changed[i] ?? 0, centre - epsilon), centre + epsilon);
    changed[i] = Math.min(Math.max(nearest, low), high);
  }
}

/** A step of this length up the signs of the gradient, brought back into the limits; a new array. */
export function signStep(
  from: Float32Array,
  gradient: Float32Array,
  length: number,
  given: Float32Array,
  limits: AttackLimits,
): Float32Array {
  const moved = from.map((value, i) => value + length * Math.sign(gradient[i] ?? 0));
  intoLimits(moved, given, limits);
  return moved;
}

/** Inputs drawn at random from the ball around the given ones. */
export function randomStart(
  given: Float32Array,
  limits: AttackLimits,
  random: Random,
): Float32Array {
  const start = given.map((value) => value + limits.epsilon * (2 * random.next() - 1));
  intoLimits(start, given, limits);
  return start;
}
