import type { GeodesicSolver } from '../../../spec/experiment';
import type { Tensor } from '../../backends/backend';
import { exactStep, type ExactStep } from '../../geometry/exact-step';
import { linearise } from '../../geometry/linearisation';
import type { OutputDistance } from '../../geometry/distances/output-distance';
import { outputMetric, type Metric } from '../../geometry/metric';
import { largestEigenvalues } from '../../geometry/spectrum';
import { Random } from '../../random';
import type { RunContext } from '../../run-context';
import { scaleInPlace } from '../../vector';
import { drawKept, type KeptDraw, type KeptFunction, type KeptSamples } from '../kept-function';
import { isMeasured, leftOut, movementBudget, movementMeter } from './movement';
import type { Solver } from './solver';
import { stepRejected } from './step-rejected';
import { stiffnessOf } from './stiffness';
import { keepToBudget } from './trust-region';

/** The metric's largest eigenvalue drifts slowly along a path; Lanczos looks again after so many steps. */
const EIGENVALUE_REFRESH = 10;
const LANCZOS_ITERATIONS = 8;

/** The exact functionally invariant step on memory samples drawn anew at each step. */
export function geodesic(spec: GeodesicSolver, leg: string, context: RunContext): Solver {
  const { backend, network, experiment } = context;
  let largest = 0;
  const stiffness = stiffnessOf(spec);
  const measured = isMeasured(spec);
  let budget: number | undefined;

  const randomAt = (step: number, use: string) => Random.of(experiment.seed, 'leg', leg, use, step);

  async function refreshLargest(metric: Metric, outputs: Tensor, step: number) {
    if (step % EIGENVALUE_REFRESH !== 0 && largest > 0) return;
    const random = randomAt(step, 'lanczos');
    const operator = (u: Tensor) => metric.kernel(u);
    const top = await largestEigenvalues(
      backend,
      operator,
      outputs.shape,
      LANCZOS_ITERATIONS,
      random,
    );
    largest = top[0] ?? 0;
  }

  async function solve(
    weights: Float32Array,
    step: number,
    { kept, distance }: { kept: KeptSamples; distance: OutputDistance },
    direction: Float32Array,
  ) {
    return backend.scope(async () => {
      const inputs = backend.tensor(kept.inputs, [kept.count, network.inputs]);
      const linearisation = linearise(backend, network, weights, inputs);
      const embedding = distance.embed(backend, linearisation.outputs);
      const metric = outputMetric(backend, linearisation, spec.iterations, embedding);
      await refreshLargest(metric, linearisation.outputs, step);
      const damping = Math.max(stiffness.value * largest, Number.EPSILON);
      const problem = { metric, direction, damping };
      if (!spec.correction) return exactStep(backend, problem, spec);
      const anchor = backend.tensor(kept.anchorOutputs, linearisation.outputs.shape);
      const drift = backend.scale(
        backend.subtract(distance.embed(backend, anchor).values, embedding.values),
        1 / Math.sqrt(kept.count),
      );
      return exactStep(backend, { ...problem, drift }, spec);
    });
  }

  /** Cuts the step, in place, to the budget of movement; a stiffness of `auto` learns from what was measured. */
  async function bound(
    weights: Float32Array,
    found: ExactStep,
    kept: KeptFunction,
    draw: KeptDraw,
  ) {
    const { theta, length, outputChange } = found;
    if (!measured || !Number.isFinite(length)) return { length, outputChange };
    budget ??= movementBudget(spec, kept);
    const meter = movementMeter(kept, context, draw);
    const { factor, ...moved } = await keepToBudget(weights, theta, budget, meter);
    const used = stiffness.value;
    stiffness.adapt(moved.attempted / budget);
    return {
      length: length * factor,
      outputChange: outputChange * factor ** 2,
      movement: moved.movement,
      halvings: moved.halvings,
      stiffness: used,
      ...(factor === 0 && { warning: stepRejected(leg, draw.step, budget) }),
    };
  }

  return {
    async step(weights, step, objective, kept) {
      const { distance } = kept;
      const draw = {
        leg,
        step,
        samples: spec.samples,
        ...(measured && { leaveOut: leftOut(kept) }),
      };
      const batch = await drawKept(kept, context, draw);
      const { value, direction } = await objective.direction(weights, step, spec.step_size);
      const found = cutTo(
        spec.step_size,
        await solve(weights, step, { kept: batch, distance }, direction),
      );
      const { theta, iterations, relativeResidual: residual } = found;
      const bounded = await bound(weights, found, kept, draw);
      return { theta, ...bounded, objectiveValue: value, iterations, residual };
    },
    state: () => ({ tensors: [], facts: { largest, ...stiffness.facts() } }),
    restore: (_tensors, facts) => {
      largest = facts['largest'] ?? 0;
      stiffness.restore(facts);
    },
  };
}

/** The trust region |theta| <= step size. */
function cutTo(limit: number | undefined, step: ExactStep): ExactStep {
  if (limit === undefined || step.length <= limit) return step;
  const factor = limit / step.length;
  scaleInPlace(factor, step.theta);
  return { ...step, length: limit, outputChange: step.outputChange * factor ** 2 };
}
