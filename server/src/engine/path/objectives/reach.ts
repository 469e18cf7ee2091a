import type { Layout } from '../../network/layout';
import { keepStatistics } from '../../network/statistics';
import { asTensor, restoreInto } from '../../saved-vector';
import { applyMask, difference, norm, scaleInPlace } from '../../vector';
import type { LegWarning } from '../leg-warning';
import type { Objective } from './objective';

/**
 * Go towards another network's weights, v = target - w, the negative gradient of |w - target|^2 / 2. Running statistics are
 * no weights: they stay, and do not count in the distance. Zeros that are held stay, too.
 * @param warnings what is to be said of the target when the leg begins
 * @param free see `RunContext`
 */
export function reach(
  target: Float32Array,
  layout: Layout,
  steps: number,
  warnings: readonly LegWarning[] = [],
  free?: Float32Array,
): Objective {
  /** Length of a step where the spec names none: the way at the first step, divided by the steps. */
  const pace = new Float32Array(1);
  const wayFrom = (weights: Float32Array): Float32Array => {
    const goal = target.slice();
    keepStatistics(layout, weights, goal);
    return difference(goal, weights);
  };
  const moveFrom = (weights: Float32Array): Float32Array => {
    const way = wayFrom(weights);
    if (free) applyMask(free, way);
    return way;
  };
  return {
    gradient: (weights) => {
      const gradient = moveFrom(weights);
      scaleInPlace(-1, gradient);
      return Promise.resolve({ value: norm(gradient), gradient });
    },
    direction: (weights, step, stepSize) => {
      const direction = moveFrom(weights);
      const value = norm(direction);
      if (step === 0) pace[0] = value / steps;
      const length = Math.min(value, stepSize ?? pace[0] ?? value);
      if (value > 0) scaleInPlace(length / value, direction);
      return Promise.resolve({ value, direction });
    },
    present: (weights) => weights,
    distanceToTarget: (weights) => norm(wayFrom(weights)),
    warnings,
    state: () => [asTensor('objective.pace', pace)],
    restore: (tensors) => restoreInto(pace, tensors, 'objective.pace'),
  };
}
