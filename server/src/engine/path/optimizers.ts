import type { Optimizer as OptimizerSpec } from '../../spec/experiment';
import type { NamedTensor } from '../host';

/** A first-order optimiser over the flat vector of weights. Its moments are part of a run's saved state. */
export interface Optimizer {
  /** Changes the weights in place by one update. */
  update(weights: Float32Array, gradient: Float32Array): void;
  /** The moments, to be saved. */
  state(): NamedTensor[];
  /** Takes up saved moments after `updates` updates. */
  restore(tensors: readonly NamedTensor[], updates: number): void;
}

/** The optimiser that a spec describes, for a network of `size` weights. */
export function createOptimizer(spec: OptimizerSpec, size: number): Optimizer {
  switch (spec.type) {
    case 'sgd':
      return new Sgd(size, spec.learning_rate, spec.momentum);
    case 'adam':
      return new Adam(size, spec.learning_rate, 0);
    case 'adamw':
      return new Adam(size, spec.learning_rate, spec.weight_decay);
  }
}

/** b <- momentum b + g; w <- w - rate b, as in PyTorch. */
class Sgd implements Optimizer {
  private readonly buffer: Float32Array;

  constructor(
    size: number,
    private readonly rate: number,
    private readonly momentum: number,
  ) {
    this.buffer = new Float32Array(size);
  }

  update(weights: Float32Array, gradient: Float32Array): void {
    const { buffer, rate, momentum } = this;
    for (let i = 0; i < weights.length; i++) {
      const value = momentum * (buffer[i] ?? 0) + (gradient[i] ?? 0);
      buffer[i] = value;
      weights[i] = (weights[i] ?? 0) - rate * value;
    }
  }

  state(): NamedTensor[] {
    return [asTensor('optimizer.momentum', this.buffer)];
  }

  restore(tensors: readonly NamedTensor[]): void {
    restoreInto(this.buffer, tensors, 'optimizer.momentum');
  }
}

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

/** Adam with bias correction and decoupled weight decay (none where it is 0). */
class Adam implements Optimizer {
  private readonly first: Float32Array;
  private readonly second: Float32Array;
  private updates = 0;

  constructor(
    size: number,
    private readonly rate: number,
    private readonly decay: number,
  ) {
    this.first = new Float32Array(size);
    this.second = new Float32Array(size);
  }

  update(weights: Float32Array, gradient: Float32Array): void {
    this.updates++;
    const correction1 = 1 - BETA1 ** this.updates;
    const correction2 = Math.sqrt(1 - BETA2 ** this.updates);
    const { first, second } = this;
    const rate = this.rate / correction1;
    const keep = 1 - this.rate * this.decay;
    for (let i = 0; i < weights.length; i++) {
      const g = gradient[i] ?? 0;
      const m = BETA1 * (first[i] ?? 0) + (1 - BETA1) * g;
      const v = BETA2 * (second[i] ?? 0) + (1 - BETA2) * g * g;
      first[i] = m;
      second[i] = v;
      weights[i] = keep * (weights[i] ?? 0) - (rate * m) / (Math.sqrt(v) / correction2 + EPSILON);
    }
  }

  state(): NamedTensor[] {
    return [asTensor('optimizer.first', this.first), asTensor('optimizer.second', this.second)];
  }

  restore(tensors: readonly NamedTensor[], updates: number): void {
    restoreInto(this.first, tensors, 'optimizer.first');
    restoreInto(this.second, tensors, 'optimizer.second');
    this.updates = updates;
  }
}

/** A flat vector under a name, as saved states hold them. */
export function asTensor(name: string, values: Float32Array): NamedTensor {
  return { name, shape: [values.length], values };
}

/** Copies a saved vector into place; a state without it leaves zeros. */
export function restoreInto(
  target: Float32Array,
  tensors: readonly NamedTensor[],
  name: string,
): void {
  const saved = tensors.find((tensor) => tensor.name === name);
  if (saved) target.set(saved.values);
}
