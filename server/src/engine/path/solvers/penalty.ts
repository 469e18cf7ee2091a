import type { PenaltySolver } from '../../../spec/experiment';
import { readScalar } from '../../backends/backend';
import type { OutputDistance } from '../../geometry/distances/output-distance';
import { linearise } from '../../geometry/linearisation';
import { keepStatistics } from '../../network/statistics';
import type { RunContext } from '../../run-context';
import { applyMask, axpy, difference, norm } from '../../vector';
import { drawKept, type KeptSamples } from '../kept-function';
import { createOptimizer } from '../optimizers';
import type { Solver } from './solver';

/**
 * The surrogate of the paper's released code: descend on the objective + weight * output distance, its mean over the
 * samples of a step or, as there, its sum.
 */
export function penalty(spec: PenaltySolver, leg: string, context: RunContext): Solver {
  const { backend, network } = context;
  const optimizer = createOptimizer(spec.optimizer, network.layout.size, { updates: spec.steps });

  /** The penalty, factor * sum of distances, adds its gradient, factor * J^T d', and the optimiser steps. */
  async function descend(
    weights: Float32Array,
    { kept, distance }: { kept: KeptSamples; distance: OutputDistance },
    gradient: Float32Array,
  ) {
    return backend.scope(async () => {
      const inputs = backend.tensor(kept.inputs, [kept.count, network.inputs]);
      const linearisation = linearise(backend, network, weights, inputs);
      const anchor = backend.tensor(kept.anchorOutputs, linearisation.outputs.shape);
      const pull = distance.gradient(backend, linearisation.outputs, anchor);
      const factor = spec.reduction === 'sum' ? spec.weight : spec.weight / kept.count;
      axpy(factor, await linearisation.vjp(pull), gradient);
      if (context.free) applyMask(context.free, gradient);
      const moved = weights.slice();
      optimizer.update(moved, gradient);
      keepStatistics(network.layout, weights, moved);
      const theta = difference(moved, weights);
      const { tangent } = distance.embed(backend, linearisation.outputs);
      const change = tangent(linearisation.jvp(theta));
      const squared = await readScalar(backend, backend.dot(change, change));
      return { theta, outputChange: squared / kept.count };
    });
  }

  return {
    async step(weights, step, objective, kept) {
      const { distance } = kept;
      const batch = await drawKept(kept, context, { leg, step, samples: spec.samples });
      const { value, gradient } = await objective.gradient(weights, step);
      const { theta, outputChange } = await descend(weights, { kept: batch, distance }, gradient);
      return { theta, length: norm(theta), outputChange, objectiveValue: value };
    },
    state: () => ({ tensors: optimizer.state(), facts: {} }),
    restore: (tensors, _facts, steps) => {
      optimizer.restore(tensors, steps);
    },
  };
}
