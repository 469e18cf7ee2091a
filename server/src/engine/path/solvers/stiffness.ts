import type { GeodesicSolver } from '../../../spec/experiment';

/** lambda relative to the metric's largest eigenvalue. */
export interface Stiffness {
  readonly value: number;
  /** Learns how far the outputs moved in the last step, before it was halved, relative to the budget. */
  adapt(movement: number): void;
  /** What carries over from step to step, by name. */
  facts(): Record<string, number>;
  restore(facts: Record<string, number>): void;
}

/** Where `auto` begins. */
const START = 0.01;
/** Below, float32 knows no difference; above, steps are as good as free. */
const [LEAST, MOST] = [1e-6, 10];
/** Part of the budget aimed at: steps differ from one another, and those beyond the budget cost a halving. */
const AIM = 0.7;
/**
 * In directions that the metric holds, the movement goes with lambda^2, in free ones not at all: the square root reaches the
 * aim at once in the first case and comes nearer from the same side in all others.
 */
const EXPONENT = 0.5;
/** Most that lambda grows or shrinks by in a step: one unusual batch must not throw it off. */
const MOST_FACTOR = 2;

/** The stiffness that a solver asks for: a constant, or one that follows the measured movement. */
export function stiffnessOf({ stiffness }: GeodesicSolver): Stiffness {
  if (stiffness === 'auto') return new AdaptiveStiffness();
  return { value: stiffness, adapt: () => undefined, facts: () => ({}), restore: () => undefined };
}

/** lambda *= (aim / movement)^p, within bounds: outputs that moved too far are held more strictly. */
export class AdaptiveStiffness implements Stiffness {
  #value = START;

  get value(): number {
    return this.#value;
  }

  adapt(movement: number): void {
    const asked = Number.isFinite(movement) ? (AIM / movement) ** EXPONENT : 0;
    const factor = clamp(asked, 1 / MOST_FACTOR, MOST_FACTOR);
    this.#value = clamp(this.#value * factor, LEAST, MOST);
  }

  facts(): Record<string, number> {
    return { stiffness: this.#value };
  }

  restore({ stiffness }: Record<string, number>): void {
    this.#value = stiffness ?? START;
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
