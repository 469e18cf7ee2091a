import type { Leg, Polish } from '../../../spec/experiment';
import { readScalar } from '../../backends/backend';
import { DISTANCES } from '../../geometry/distances';
import type { OutputDistance } from '../../geometry/distances/output-distance';
import { linearise } from '../../geometry/linearisation';
import { isPrunable } from '../../network/layout';
import { keepStatistics } from '../../network/statistics';
import { Random } from '../../random';
import { dataSetOf, type RunContext } from '../../run-context';
import { axpy, difference, norm } from '../../vector';
import { drawKept, type KeptSamples } from '../kept-function';
import { lossGradient } from '../loss-gradient';
import { createOptimizer } from '../optimizers';
import type { Solver } from './solver';
import type { SolverStep } from './solver-step';

/**
 * Walks with a solver, then goes on for the steps of the polish: the network that one would take home is trained to say
 * what the anchor says, and its zeros stay zeros. Which weights are zeros is read off the weights at each step.
 * @param index of the leg
 */
export function withPolish(
  solver: Solver,
  spec: Polish,
  leg: Leg,
  index: number,
  context: RunContext,
): Solver {
  const walked = leg.solver.steps;
  const polisher = new Polisher(spec, leg, index, context);
  let isPolishing = false;
  return {
    step: (weights, step, objective, kept) => {
      isPolishing = step >= walked;
      if (!isPolishing) return solver.step(weights, step, objective, kept);
      const from = step === walked ? objective.present(weights, step) : weights;
      return polisher.step({ weights, from, step }, kept);
    },
    state: () => (isPolishing ? polisher.state() : solver.state()),
    restore: (tensors, facts, steps) => {
      isPolishing = steps > walked;
      if (isPolishing) polisher.restore(tensors, steps - walked);
      else solver.restore(tensors, facts, steps);
    },
  };
}

interface Position {
  /** Where the path stands. */
  weights: Float32Array;
  /** The sparse network that the update begins from; only the first time another one. */
  from: Float32Array;
  step: number;
}

class Polisher {
  private readonly optimizer;

  constructor(
    private readonly spec: Polish,
    private readonly leg: Leg,
    private readonly index: number,
    private readonly context: RunContext,
  ) {
    const { size } = context.network.layout;
    this.optimizer = createOptimizer(spec.optimizer, size, { updates: spec.steps });
  }

  async step(
    { weights, from, step }: Position,
    kept: Parameters<Solver['step']>[3],
  ): Promise<SolverStep> {
    const { spec, leg, context } = this;
    const draw = { leg: leg.leg, step, samples: spec.batch_size };
    const samples = await drawKept(kept, context, draw);
    const gradient = new Float32Array(from.length);
    const loss = await this.addLoss(from, step, gradient);
    const weight = spec.labels === undefined ? 1 : spec.weight;
    const pull = { samples, weight, distance: kept.distance };
    const found = await this.descend(from, pull, gradient);
    const theta = difference(found.moved, weights);
    const objectiveValue = loss + weight * found.value;
    return { theta, length: norm(theta), outputChange: found.outputChange, objectiveValue };
  }

  state() {
    return { tensors: this.optimizer.state(), facts: {} };
  }

  restore(tensors: Parameters<Solver['restore']>[0], updates: number): void {
    this.optimizer.restore(tensors, updates);
  }

  /** Adds the gradient of the cross-entropy on labelled samples, where there are any; returns its value. */
  private async addLoss(weights: Float32Array, step: number, gradient: Float32Array) {
    const { spec, context, leg, index } = this;
    if (spec.labels === undefined) return 0;
    const data = dataSetOf(context, spec.labels, `/path/${index}/objective/polish/labels`);
    const random = Random.of(context.experiment.seed, 'leg', leg.leg, 'polish', step);
    const count = Math.min(spec.batch_size, data.train.count);
    const drawn = random.sample(data.train.count, count);
    const found = await lossGradient(context, weights, data, drawn);
    axpy(1, found.gradient, gradient);
    return found.value;
  }

  /** One update of the weights that are not zero, by the gradient and that of the weighted mean output distance. */
  private async descend(
    from: Float32Array,
    { samples, distance, weight }: Pull,
    gradient: Float32Array,
  ) {
    const { backend, network } = this.context;
    return backend.scope(async () => {
      const { count } = samples;
      const inputs = backend.tensor(samples.inputs, [count, network.inputs]);
      const linearisation = linearise(backend, network, from, inputs);
      const { outputs } = linearisation;
      const anchor = backend.tensor(samples.anchorOutputs, outputs.shape);
      const lowered = DISTANCES[this.spec.distance];
      const pull = lowered.gradient(backend, outputs, anchor);
      axpy(weight / count, await linearisation.vjp(pull), gradient);
      const moved = this.update(from, gradient);
      const { tangent } = distance.embed(backend, outputs);
      const change = tangent(linearisation.jvp(difference(moved, from)));
      const squared = await readScalar(backend, backend.dot(change, change));
      const sum = lowered.sum(await backend.read(outputs), samples.anchorOutputs, network.outputs);
      return { moved, value: sum / count, outputChange: squared / count };
    });
  }

  private update(from: Float32Array, gradient: Float32Array): Float32Array {
    const { layout } = this.context.network;
    const isZero = (i: number) => from[i] === 0;
    for (const { offset, size } of layout.entries.filter(isPrunable))
      for (let i = offset; i < offset + size; i++) if (isZero(i)) gradient[i] = 0;
    const moved = from.slice();
    this.optimizer.update(moved, gradient);
    keepStatistics(layout, from, moved);
    for (const { offset, size } of layout.entries.filter(isPrunable))
      for (let i = offset; i < offset + size; i++) if (isZero(i)) moved[i] = 0;
    return moved;
  }
}

interface Pull {
  samples: KeptSamples;
  /** Of the mean distance in the loss. */
  weight: number;
  /** The leg's, by which the change of the outputs is reported. */
  distance: OutputDistance;
}
