import type { Backend, Tensor } from '../../backends/backend';
import { norm } from '../../vector';
import type { DeviceRule, UpdateRule } from './update-rule';

/** Keeps 0 / 0 from being asked for: squares of what is shorter are nothing in float32. */
const TINY = 1e-18;

/**
 * w <- w - rate d / |d|, |d| over all weights: a step as long as the learning rate, however steep the slope (the step of
 * the code that was released with Raghavan et al.). A gradient of nothing moves nothing.
 */
export function normalised(): UpdateRule {
  return {
    apply: (weights, gradient, rate) => {
      const length = norm(gradient);
      if (length === 0) return;
      for (let i = 0; i < weights.length; i++)
        weights[i] = (weights[i] ?? 0) - rate * ((gradient[i] ?? 0) / length);
    },
    state: () => [],
    restore: () => undefined,
  };
}

/** The same on the device, of a gradient that `unitGradient` has made. */
export function normalisedOnDevice(): DeviceRule {
  return {
    moments: [],
    apply: (backend, { weight }, gradient, rate) => ({
      weight: backend.subtract(weight, backend.scale(gradient, rate)),
      moments: [],
    }),
  };
}

/** A gradient that lies on the device in several arrays, over its length; the sums are in float32. */
export function unitGradient(backend: Backend, gradient: readonly Tensor[]): Tensor[] {
  const scalar = (value: number) => backend.tensor(Float32Array.of(value), []);
  const squares = gradient.map((part) => backend.dot(part, part));
  const total = squares.reduce((sum, square) => backend.add(sum, square), scalar(0));
  const length = backend.maximum(backend.sqrt(total), scalar(TINY));
  return gradient.map((part) => backend.divide(part, length));
}
