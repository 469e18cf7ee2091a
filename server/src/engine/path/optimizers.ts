import type { Optimizer as OptimizerSpec } from '../../spec/experiment';
import type { NamedTensor } from '../host';
import { adam } from './optimizers/adam';
import { clipGradient } from './optimizers/clip-gradient';
import { learningRate, type TrainingSpan } from './optimizers/learning-rate';
import { normalised } from './optimizers/normalised';
import { sgd } from './optimizers/sgd';
import type { UpdateRule } from './optimizers/update-rule';

/** A first-order optimiser over the flat vector of weights. Its moments are part of a run's saved state. */
export interface Optimizer {
  /** Changes the weights in place by one update; may scale the gradient. */
  update(weights: Float32Array, gradient: Float32Array): void;
  /** The moments, to be saved. */
  state(): NamedTensor[];
  /** Takes up saved moments after `updates` updates. */
  restore(tensors: readonly NamedTensor[], updates: number): void;
}

/** The optimiser that a spec describes, for a network of `size` weights; its schedule is laid over the span. */
export function createOptimizer(spec: OptimizerSpec, size: number, span: TrainingSpan): Optimizer {
  const rule = ruleOf(spec, size);
  let done = 0;
  return {
    update: (weights, gradient) => {
      if (spec.type !== 'normalised' && spec.clip_gradient_norm !== undefined)
        clipGradient(gradient, spec.clip_gradient_norm);
      rule.apply(weights, gradient, learningRate(spec, done, span), done + 1);
      done++;
    },
    state: () => rule.state(),
    restore: (tensors, updates) => {
      rule.restore(tensors);
      done = updates;
    },
  };
}

function ruleOf(spec: OptimizerSpec, size: number): UpdateRule {
  switch (spec.type) {
    case 'sgd':
      return sgd(spec, size);
    case 'adam':
    case 'adamw':
      return adam(spec, size);
    case 'normalised':
      return normalised();
  }
}
