import type { SparsifyObjective } from '../../../spec/experiment';
import type { Layout } from '../../network/layout';
import { difference, distance, norm } from '../../vector';
import { projectToSparsity } from '../project-to-sparsity';
import type { Objective } from './objective';

/**
 * Move towards the nearest network whose share of zeros rises along a ramp, v = P(w) - w, P keeping the largest
 * weights (Raghavan et al., sparsification).
 */
export function sparsify(spec: SparsifyObjective, layout: Layout, steps: number): Objective {
  const project = (weights: Float32Array, sparsity: number) =>
    projectToSparsity(layout, weights, sparsity);
  const atStep = (step: number) => rampedSparsity(spec, step, steps);
  return {
    gradient: async (weights, step) => {
      const gradient = difference(weights, project(weights, atStep(step)));
      return { value: norm(gradient), gradient };
    },
    direction: async (weights, step) => {
      const direction = difference(project(weights, atStep(step)), weights);
      return { value: norm(direction), direction };
    },
    present: (weights, walked) => (walked === 0 ? weights : project(weights, atStep(walked - 1))),
    projected: (anchor) => project(anchor, spec.target),
    distanceToTarget: (weights) => distance(weights, project(weights, spec.target)),
    state: () => [],
    restore: () => undefined,
  };
}

/**
 * The sparsity that step s aims at. The share of weights that are left falls geometrically, so that the last steps,
 * where each weight counts most, remove few; then it rests at the target while the path settles.
 */
export function rampedSparsity(spec: SparsifyObjective, step: number, steps: number): number {
  const rampSteps = spec.ramp * steps;
  if (step >= rampSteps) return spec.target;
  const from = spec.ramp_from < spec.target ? spec.ramp_from : spec.target / 2;
  const shrink = (1 - spec.target) / (1 - from);
  return 1 - (1 - from) * shrink ** (step / rampSteps);
}
