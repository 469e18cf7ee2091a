import type { SparsifyObjective } from '../../../spec/experiment';

/** How the sparsity rises along a leg. */
export type Ramp = Pick<SparsifyObjective, 'ramp' | 'ramp_from'> & { target: number };

/**
 * The sparsity that step s aims at. The share of weights that are left falls geometrically, so that the last steps,
 * where each weight counts most, remove few; then it rests at the target while the path settles.
 */
export function rampedSparsity(spec: Ramp, step: number, steps: number): number {
  // The last step aims at the target, however few there are.
  const rampSteps = Math.min(spec.ramp * steps, steps - 1);
  if (step >= rampSteps) return spec.target;
  const from = spec.ramp_from < spec.target ? spec.ramp_from : spec.target / 2;
  const shrink = (1 - spec.target) / (1 - from);
  return 1 - (1 - from) * shrink ** (step / rampSteps);
}
