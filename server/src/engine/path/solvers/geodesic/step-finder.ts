import type { GeodesicSolver } from '../../../../spec/experiment';
import type { Tensor } from '../../../backends/backend';
import type { Embedding, OutputDistance } from '../../../geometry/distances/output-distance';
import { exactStep, type ExactStep } from '../../../geometry/exact-step';
import { ofFreeWeights } from '../../../geometry/free-weights';
import { gramMatrix } from '../../../geometry/gram-matrix';
import { linearise, type Linearisation } from '../../../geometry/linearisation';
import { outputMetric, writtenMetric, type Metric } from '../../../geometry/metric';
import type { SampleSolver, SampleSolution } from '../../../geometry/sample-problem';
import { solveDirectly } from '../../../geometry/solve-directly';
import { largestEigenvalues } from '../../../geometry/spectrum';
import type { NamedTensor } from '../../../host';
import { Random } from '../../../random';
import type { RunContext } from '../../../run-context';
import { asTensor } from '../../../saved-vector';
import type { KeptSamples } from '../../kept-function';
import { methodOf } from './method';

/** The metric's largest eigenvalue drifts slowly along a path; Lanczos looks again after so many steps. */
const EIGENVALUE_REFRESH = 10;
const LANCZOS_ITERATIONS = 8;
const SOLUTION = 'solver.z';

/** Where a step is looked for. */
export interface StepPlace {
  weights: Float32Array;
  step: number;
  samples: KeptSamples;
  distance: OutputDistance;
  /** The full move that the objective asks for. */
  direction: Float32Array;
  stiffness: number;
}

export type FoundStep = Omit<ExactStep, 'solution'>;

/** Finds exact steps one after another: what one step learns of the metric serves the next ones. */
export class StepFinder {
  private largest = 0;
  /** The last solution, while the next step has the same samples; empty otherwise. */
  private z: Float32Array = new Float32Array();
  /** What the tolerance is relative to, of these samples. */
  private first = 0;

  constructor(
    private readonly spec: GeodesicSolver,
    private readonly leg: string,
    private readonly context: RunContext,
  ) {}

  find(place: StepPlace): Promise<FoundStep> {
    const { spec, context } = this;
    const { backend, network, free } = context;
    const { weights, samples, distance, direction, stiffness, step } = place;
    return backend.scope(async () => {
      const inputs = backend.tensor(samples.inputs, [samples.count, network.inputs]);
      const whole = linearise(backend, network, weights, inputs);
      const linearisation = free ? ofFreeWeights(backend, network, whole, free) : whole;
      const embedding = distance.embed(backend, linearisation.outputs);
      const { metric, solve } = await this.prepare(linearisation, embedding);
      await this.refreshLargest(metric, linearisation.outputs, step);
      const damping = Math.max(stiffness * this.largest, Number.EPSILON);
      const drift = spec.correction ? this.drift(place, embedding) : undefined;
      const start = this.z.length > 0 ? { z: this.z, first: this.first } : undefined;
      const problem = {
        metric,
        direction,
        damping,
        ...(drift && { drift }),
        ...(start && { start }),
      };
      const { solution, ...found } = await exactStep(backend, problem, spec, solve);
      // A factorisation needs no start.
      if (!solve) await this.remember(solution, step);
      return found;
    });
  }

  state(): { tensors: NamedTensor[]; facts: Record<string, number> } {
    const { largest, first, z } = this;
    return { tensors: z.length > 0 ? [asTensor(SOLUTION, z)] : [], facts: { largest, first } };
  }

  restore(tensors: readonly NamedTensor[], facts: Record<string, number>): void {
    this.largest = facts['largest'] ?? 0;
    this.first = facts['first'] ?? 0;
    this.z = tensors.find(({ name }) => name === SOLUTION)?.values.slice() ?? new Float32Array();
  }

  private async prepare(
    linearisation: Linearisation,
    embedding: Embedding,
  ): Promise<{ metric: Metric; solve?: SampleSolver }> {
    const { backend, network } = this.context;
    const samples = linearisation.outputs.shape[0] ?? 1;
    if (methodOf(this.spec, network, samples, linearisation.masks !== undefined) === 'cg')
      return { metric: outputMetric(backend, linearisation, this.spec.iterations, embedding) };
    const matrix = await gramMatrix(backend, { network, linearisation, embedding });
    return {
      metric: writtenMetric(backend, linearisation, embedding, matrix),
      solve: (_, problem) => solveDirectly(backend, matrix, problem),
    };
  }

  private async refreshLargest(metric: Metric, outputs: Tensor, step: number): Promise<void> {
    if (step % EIGENVALUE_REFRESH !== 0 && this.largest > 0) return;
    const { backend, experiment } = this.context;
    const random = Random.of(experiment.seed, 'leg', this.leg, 'lanczos', step);
    const operator = (u: Tensor) => metric.kernel(u);
    const top = await largestEigenvalues(
      ...([backend, operator, outputs.shape, LANCZOS_ITERATIONS, random] as const),
    );
    this.largest = top[0] ?? 0;
  }

  /** How far the outputs are from the anchor's, in the embedding, over the square root of N. */
  private drift({ samples, distance }: StepPlace, { values }: Embedding): Tensor {
    const { backend } = this.context;
    const anchor = backend.tensor(samples.anchorOutputs, values.shape);
    const apart = backend.subtract(distance.embed(backend, anchor).values, values);
    return backend.scale(apart, 1 / Math.sqrt(samples.count));
  }

  private async remember({ z, first }: SampleSolution, step: number): Promise<void> {
    const isLast = (step + 1) % this.spec.refresh === 0;
    this.z = isLast ? new Float32Array() : await this.context.backend.read(z);
    this.first = first;
  }
}
