import type { Optimizer as OptimizerSpec } from '../../../spec/experiment';
import type { Backend, Tensor } from '../../backends/backend';
import { at } from '../../network/layers/unary';
import { adamOnDevice } from './adam';
import { clippedGradient } from './clip-gradient';
import { learningRate, type TrainingSpan } from './learning-rate';
import { normalisedOnDevice, unitGradient } from './normalised';
import { sgdOnDevice } from './sgd';
import type { DeviceArray, DeviceRule } from './update-rule';

/** An optimiser over arrays on the device. What it remembers is handed to it, so that its tensors have one owner. */
export interface DeviceOptimizer {
  /** The names under which the moments are saved, as those of `Optimizer` are. */
  readonly moments: readonly string[];
  /**
   * The arrays after one more update, in tensors of the enclosing scope.
   * @param gradient of each array; an array without one is taken to have a gradient of 0
   * @param done updates before this one
   */
  update(
    arrays: readonly DeviceArray[],
    gradient: readonly (Tensor | undefined)[],
    done: number,
  ): DeviceArray[];
}

/** The optimiser that a spec describes; its schedule is laid over the span. */
export function createDeviceOptimizer(
  backend: Backend,
  spec: OptimizerSpec,
  span: TrainingSpan,
): DeviceOptimizer {
  const rule = ruleOf(spec);
  return {
    moments: rule.moments,
    update(arrays, gradient, done) {
      const whole = arrays.map(({ weight }, i) => gradient[i] ?? backend.scale(weight, 0));
      const scaled = scaledGradient(backend, spec, whole);
      const rate = learningRate(spec, done, span);
      return arrays.map((array, i) => rule.apply(backend, array, at(scaled, i), rate, done + 1));
    },
  };
}

/** What is made of the gradient as a whole, before the rule sees an array of it. */
function scaledGradient(
  backend: Backend,
  spec: OptimizerSpec,
  gradient: readonly Tensor[],
): readonly Tensor[] {
  if (spec.type === 'normalised') return unitGradient(backend, gradient);
  const limit = spec.clip_gradient_norm;
  return limit === undefined ? gradient : clippedGradient(backend, gradient, limit);
}

function ruleOf(spec: OptimizerSpec): DeviceRule {
  switch (spec.type) {
    case 'sgd':
      return sgdOnDevice(spec);
    case 'adam':
    case 'adamw':
      return adamOnDevice(spec);
    case 'normalised':
      return normalisedOnDevice();
  }
}
