import { scaleInPlace } from '../../vector';

/** A step that moves the outputs too far is halved so often, then given up. */
export const MOST_HALVINGS = 4;

/** How the movement of the outputs between two networks is measured. */
export interface MovementMeter {
  /** f(X, w) on the samples of the measurement. */
  outputs(weights: Float32Array): Promise<Float32Array>;
  /** The mean output distance between two such outputs, per sample. */
  between(before: Float32Array, after: Float32Array): number;
}

/** What became of a step. */
export interface BoundedStep {
  /** By which theta was scaled: 1, a power of 1/2, or 0 where the step was rejected. */
  factor: number;
  halvings: number;
  /** The outputs' movement under theta as it is now, at most the budget. */
  movement: number;
  /** The movement under theta as it was given. */
  attempted: number;
}

/**
 * Halves a step, in place, until the outputs move by the budget at most. One that moves them too far after
 * `MOST_HALVINGS` is rejected: theta is -0 everywhere, which added to weights leaves every bit of them.
 * @param budget mean output distance per sample
 */
export async function keepToBudget(
  weights: Float32Array,
  theta: Float32Array,
  budget: number,
  meter: MovementMeter,
): Promise<BoundedStep> {
  const before = await meter.outputs(weights);
  const measured = async () => meter.between(before, await meter.outputs(sum(weights, theta)));
  const attempted = await measured();
  let movement = attempted;
  let halvings = 0;
  // Written so that a movement that is no number is too far.
  while (!(movement <= budget) && halvings < MOST_HALVINGS) {
    scaleInPlace(0.5, theta);
    halvings++;
    movement = await measured();
  }
  if (movement <= budget) return { factor: 0.5 ** halvings, halvings, movement, attempted };
  theta.fill(-0);
  return { factor: 0, halvings, movement: 0, attempted };
}

function sum(x: Float32Array, y: Float32Array): Float32Array {
  return x.map((value, i) => value + (y[i] ?? 0));
}
