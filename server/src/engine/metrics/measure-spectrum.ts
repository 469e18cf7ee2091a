import type { MeasuredSpectrum } from '../../protocol/generated';
import type { Keep, MeasureSpectrum } from '../../spec/experiment';
import type { Backend, Tensor } from '../backends/backend';
import { DISTANCES } from '../geometry/distances';
import type { HostOperator } from '../geometry/lanczos';
import { linearise } from '../geometry/linearisation';
import { outputMetric } from '../geometry/metric';
import { operatorSpectrum, type OperatorSpectrum } from '../geometry/operator-spectrum';
import { applyTo } from '../geometry/spectrum';
import type { Network } from '../network/network';
import { Random } from '../random';
import type { Run } from '../run';
import { dataSetOf, gatherInputs, type RunContext } from '../run-context';
import { checkStop } from '../stop-request';
import { finite } from './measure';

/** About how many products with the kernel a spectrum takes. */
const USES = 200;

/** The kernel is written out where it has no more rows than this, and takes no more multiply-adds of forward passes. */
const DENSE_SIZE = 2048;
const DENSE_WORK = 2e11;

/** The network whose metric is asked for, and where it stands. */
export interface SpectrumPlace {
  weights: Float32Array;
  leg?: string;
  step: number;
  /** The leg's memory, [count, features], and its distance. */
  memory?: { count: number; inputs: Float32Array };
  distance?: Keep['distance'];
}

/** Measures the metric's spectrum at a network, reports it and keeps it for the report. */
export async function takeSpectrum(
  run: Run,
  spec: MeasureSpectrum,
  place: SpectrumPlace,
): Promise<void> {
  const { context, record } = run;
  const { on, inputs } = samplesOf(context, spec, place);
  const distance = spec.distance ?? place.distance ?? 'logits';
  const found = await spectrumAt(context, place.weights, inputs, { distance, count: spec.values });
  const samples = inputs.length / context.network.inputs;
  const spectrum: MeasuredSpectrum = {
    ...(place.leg !== undefined && { leg: place.leg }),
    ...{ step: place.step, on, distance, samples, dimension: samples * context.network.outputs },
    values: found.values.map(finite),
    converged: found.converged,
    trace: finite(found.trace),
    effective_rank: finite(found.effectiveRank),
    effective_rank_error: finite(found.effectiveRankError),
    large: found.large,
    large_exact: found.largeIsExact,
  };
  record.spectra = [...(record.spectra ?? []), spectrum];
  context.host.emit({ event: 'spectrum', spectrum });
}

/**
 * The spectrum of g = J^T J / N, J taken in the distance's embedding, at weights w on inputs X [N, features]: that of
 * K = J J^T / N, which has the same eigenvalues but for zeros.
 */
export async function spectrumAt(
  {
    backend,
    network,
    experiment,
    host,
  }: Pick<RunContext, 'backend' | 'network' | 'experiment' | 'host'>,
  weights: Float32Array,
  inputs: Float32Array,
  { distance, count }: { distance: Keep['distance']; count: number },
): Promise<OperatorSpectrum> {
  const stoppable = (operator: HostOperator): HostOperator => {
    return (vector) => {
      checkStop(host);
      return operator(vector);
    };
  };
  return backend.scope(async () => {
    const batch = backend.tensor(inputs, [inputs.length / network.inputs, network.inputs]);
    const linearisation = linearise(backend, network, weights, batch);
    const embedding = DISTANCES[distance].embed(backend, linearisation.outputs);
    const metric = outputMetric(backend, linearisation, USES, embedding);
    const { shape } = linearisation.outputs;
    const operator = stoppable(onHost(backend, (u) => metric.kernel(u), shape));
    const size = shape.reduce((product, length) => product * length, 1);
    const random = Random.of(experiment.seed, 'spectrum', 'vectors');
    const dense = isCheap(network, shape);
    return operatorSpectrum(operator, size, { count, dense, random });
  });
}

/** Whether a product for each output on each sample can be afforded, and the matrix of them held. */
function isCheap({ nodes }: Network, [samples = 0, outputs = 0]: readonly number[]): boolean {
  const products = samples * outputs;
  const each = samples * nodes.reduce((sum, { layer }) => sum + layer.multiplyAdds, 0);
  return products <= DENSE_SIZE && products * each <= DENSE_WORK;
}

function onHost(
  backend: Backend,
  operator: (u: Tensor) => Tensor,
  shape: readonly number[],
): HostOperator {
  return (vector) => applyTo(backend, operator, shape, vector);
}

/** The same samples at each call, so that spectra along a path can be compared. */
function samplesOf(
  context: RunContext,
  spec: MeasureSpectrum,
  { memory }: SpectrumPlace,
): { on: string; inputs: Float32Array } {
  const name = spec.on ?? (memory ? undefined : dataWithoutPath(context));
  const source =
    name === undefined
      ? memory
      : dataSetOf(context, name, '/measure/spectrum' + (spec.on ? '/on' : '')).train;
  const { count, inputs } = source ?? { count: 0, inputs: new Float32Array() };
  const random = Random.of(context.experiment.seed, 'spectrum', 'samples', name ?? '');
  const rows = random.sample(count, Math.min(count, spec.samples));
  const labels = new Int32Array();
  return { on: name ?? 'memory', inputs: gatherInputs({ count, inputs, labels }, rows) };
}

/** What a network without a path is measured on: what it was trained on, or the first data set. */
function dataWithoutPath({ experiment, dataSets }: RunContext): string {
  return experiment.start.train?.on ?? [...dataSets.keys()][0] ?? '';
}
