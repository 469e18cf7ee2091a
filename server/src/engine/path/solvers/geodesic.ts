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
import { drawKept, type KeptSamples } from '../kept-function';
import type { Solver } from './solver';

/** The metric's largest eigenvalue drifts slowly along a path; Lanczos looks again after so many steps. */
const EIGENVALUE_REFRESH = 10;
const LANCZOS_ITERATIONS = 8;

/** The exact functionally invariant step on memory samples drawn anew at each step. */
export function geodesic(spec: GeodesicSolver, leg: string, context: RunContext): Solver {
  const { backend, network, experiment } = context;
  let largest = 0;

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
      const damping = Math.max(spec.stiffness * largest, Number.EPSILON);
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

  return {
    async step(weights, step, objective, kept) {
      const { distance } = kept;
      const batch = await drawKept(kept, context, { leg, step, samples: spec.samples });
      const { value, direction } = await objective.direction(weights, step, spec.step_size);
      const found = cutTo(
        spec.step_size,
        await solve(weights, step, { kept: batch, distance }, direction),
      );
      const { theta, length, outputChange, iterations, relativeResidual: residual } = found;
      return { theta, length, outputChange, objectiveValue: value, iterations, residual };
    },
    state: () => ({ tensors: [], facts: { largest } }),
    restore: (_tensors, facts) => {
      largest = facts['largest'] ?? 0;
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
