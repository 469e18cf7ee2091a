import type { PenaltySolver } from '../../../spec/experiment';
import { readScalar } from '../../backends/backend';
import { linearise } from '../../geometry/linearisation';
import { keepStatistics } from '../../network/statistics';
import { Random } from '../../random';
import type { RunContext } from '../../run-context';
import { axpy, difference, norm } from '../../vector';
import { pickKept, type KeptSamples } from '../kept-function';
import { createOptimizer } from '../optimizers';
import type { Solver } from './solver';

/** The surrogate of the paper's released code: descend on the objective + weight * mean output distance. */
export function penalty(spec: PenaltySolver, leg: string, context: RunContext): Solver {
  const { backend, network, experiment } = context;
  const optimizer = createOptimizer(spec.optimizer, network.layout.size, { updates: spec.steps });

  /** weight * (1/N) sum |f(x, w) - f(x, w0)|^2 adds its gradient 2 weight / N J^T (f - f0), and the optimiser steps. */
  async function descend(weights: Float32Array, kept: KeptSamples, gradient: Float32Array) {
    return backend.scope(async () => {
      const inputs = backend.tensor(kept.inputs, [kept.count, network.inputs]);
      const linearisation = linearise(backend, network, weights, inputs);
      const anchor = backend.tensor(kept.anchorOutputs, linearisation.outputs.shape);
      const drift = backend.subtract(linearisation.outputs, anchor);
      axpy((2 * spec.weight) / kept.count, await linearisation.vjp(drift), gradient);
      const moved = weights.slice();
      optimizer.update(moved, gradient);
      keepStatistics(network.layout, weights, moved);
      const theta = difference(moved, weights);
      const change = linearisation.jvp(theta);
      const squared = await readScalar(backend, backend.dot(change, change));
      return { theta, outputChange: squared / kept.count };
    });
  }

  return {
    async step(weights, step, objective, kept) {
      const { memory } = kept;
      const random = Random.of(experiment.seed, 'leg', leg, 'metric', step);
      const count = Math.min(spec.samples, memory.count);
      const batch = pickKept(memory, random.sample(memory.count, count));
      const { value, gradient } = await objective.gradient(weights, step);
      const { theta, outputChange } = await descend(weights, batch, gradient);
      return { theta, length: norm(theta), outputChange, objectiveValue: value };
    },
    state: () => ({ tensors: optimizer.state(), facts: {} }),
    restore: (tensors, _facts, steps) => {
      optimizer.restore(tensors, steps);
    },
  };
}
