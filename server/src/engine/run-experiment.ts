import type { BackendChoice, EndStatus, LegReport, Report } from '../protocol/generated';
import { sourceOf } from '../protocol/task-sets';
import type { Experiment } from '../spec/experiment';
import { chooseBackend } from './backends/choose-backend';
import type { DataSet } from './data/data-set';
import { readData } from './data/read-data';
import { splitTasks } from './data/split-tasks';
import { EngineError } from './engine-error';
import type { EngineHost, EngineState } from './host';
import { ownClasses } from './metrics/accuracy-within';
import { continualOf } from './metrics/continual';
import { judgeExpectations } from './metrics/expectations';
import { checkMemory } from './memory-forecast';
import { measure } from './metrics/measure';
import { takeAttacks } from './metrics/measure-attack';
import { takeSpectrum } from './metrics/measure-spectrum';
import { noteNetwork, takePca } from './metrics/path-pca';
import { buildNetwork } from './network/architectures';
import { ShapeError } from './network/layers/layer';
import { shapeText } from './network/layers/unary';
import type { Network } from './network/network';
import { checkFirst } from './path/check-finite';
import { plannedLegs } from './path/planned-legs';
import { stepsOf } from './path/leg-steps';
import { baselinesOf } from './path/baselines/baselines-of';
import { noteStart } from './path/baselines/begin-baseline';
import { runBaselines } from './path/baselines/run-baselines';
import { checkOtherNetworks } from './path/other-networks';
import { firstWeights } from './path/start-network';
import { train } from './path/train';
import { reportOpenLeg, walkLeg } from './path/walk-leg';
import { Run } from './run';
import type { RunContext } from './run-context';
import { newRecord, recordOf, type RunRecord } from './run-record';
import { StopRequest } from './stop-request';
import { unlabelledData } from './unlabelled-data';

/**
 * Runs an experiment, from its beginning or from a saved state, and reports everything to the host. Failures of the
 * run end in a `run-ended` event with the reason; this function does not throw for them.
 */
export async function runExperiment(
  experiment: Experiment,
  host: EngineHost,
  resumeFrom?: EngineState,
): Promise<Report> {
  const before = resumeFrom && readRecord(resumeFrom);
  if (before instanceof EngineError) return fail(experiment, host, before);
  let run: Run | undefined;
  try {
    run = await prepare(experiment, host, resumeFrom, before);
    const done = (await walkPath(run)) && (await runBaselines(run));
    if (done) measurePath(run);
    const status = done ? 'completed' : 'stopped';
    const report = end(run, status);
    // The events of the stop belong to the state that a resume starts from.
    if (!done) run.save();
    return report;
  } catch (error) {
    // What was measured since the last saved state is measured again.
    if (error instanceof StopRequest && run) return end(run, 'stopped');
    return fail(experiment, host, asEngineError(error), run, before !== undefined);
  }
}

function readRecord(state: EngineState): RunRecord | EngineError {
  try {
    return recordOf(state);
  } catch (error) {
    return asEngineError(error);
  }
}

/** Starts the backend, reads the data and builds the network; the first event tells of it. */
async function prepare(
  experiment: Experiment,
  host: EngineHost,
  resumeFrom: EngineState | undefined,
  before: RunRecord | undefined,
): Promise<Run> {
  // A resumed run goes on where it was: another backend would give other bits.
  const wanted = before?.backend.name ?? experiment.backend;
  const { backend, choice } = await chooseBackend(wanted);
  const dataSets = readAllData(experiment, host);
  const inputShape = [...dataSets.values()][0]?.inputShape ?? [];
  const network = networkFor(experiment, inputShape);
  for (const data of dataSets.values()) checkTokens(data, network, experiment);
  const context: RunContext = { experiment, backend, network, dataSets, host };
  checkMemory(context);
  if (before && resumeFrom) {
    const reason = 'The run began on it, and another would give other bits.';
    host.emit({ event: 'run-resumed', backend: { ...choice, reason } });
    const weights = resumeFrom.tensors.find(({ name }) => name === 'weights')?.values;
    return new Run(context, before, weights?.slice() ?? firstWeights(context), resumeFrom.tensors);
  }
  checkOtherNetworks(context);
  announce(experiment, host, choice, network.layout.size, dataSets);
  for (const { warnings } of dataSets.values())
    for (const warning of warnings) host.emit({ event: 'warning', ...warning });
  const record = newRecord(new Date().toISOString(), choice);
  return new Run(context, record, firstWeights(context), []);
}

function networkFor({ model }: Experiment, inputShape: readonly number[]): Network {
  try {
    return buildNetwork(model, inputShape);
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    const message = `The network cannot be built on samples of ${shapeText(inputShape)}: ${error.message}.`;
    throw new EngineError('fip/shape-mismatch', message, '/model');
  }
}

function readAllData(experiment: Experiment, host: EngineHost): Map<string, DataSet> {
  const context = {
    seed: experiment.seed,
    resolvePath: (path: string) => host.resolvePath(path),
  };
  const dataSets = new Map<string, DataSet>();
  for (const [name, data] of Object.entries(experiment.data)) {
    const whole = readData(name, data, context);
    for (const dataSet of splitTasks(data, whole, experiment.seed)) {
      checkFits(dataSet, experiment, dataSets);
      dataSets.set(dataSet.name, dataSet);
    }
  }
  return dataSets;
}

/** Data that is only known once it is read may still not fit the network. */
function checkFits(data: DataSet, experiment: Experiment, earlier: Map<string, DataSet>): void {
  const { model, data: sources } = experiment;
  const first = [...earlier.values()][0];
  const pointer = `/data/${sourceOf(data.name, sources)}`;
  if (first && first.inputShape.join() !== data.inputShape.join())
    throw new EngineError(
      'fip/shape-mismatch',
      `The samples of \`${data.name}\` have shape [${data.inputShape.join(', ')}], those of ` +
        `\`${first.name}\` [${first.inputShape.join(', ')}]. One network needs one shape.`,
      pointer,
    );
  if (data.classes > model.classes && !unlabelledData(experiment).has(data.name))
    throw new EngineError(
      'fip/label-out-of-range',
      `\`${data.name}\` has the label ${data.classes - 1}, and the head has ${model.classes} classes ` +
        `(0 to ${model.classes - 1}). Raise \`model.classes\` or change \`label_offset\`.`,
      pointer,
    );
}

/** Numbers of tokens that are none would be looked up anywhere. */
function checkTokens(
  { name, train, test }: DataSet,
  { vocabulary }: Network,
  { data }: Experiment,
): void {
  if (vocabulary === undefined) return;
  const isToken = (value: number) => Number.isInteger(value) && value >= 0 && value < vocabulary;
  for (const { inputs } of [train, test]) {
    const wrong = inputs.find((value) => !isToken(value));
    if (wrong === undefined) continue;
    throw new EngineError(
      'fip/shape-mismatch',
      `The network reads numbers of tokens from 0 to ${vocabulary - 1}, and \`${name}\` has the value ${wrong}. ` +
        'Set `normalize: false` on the data, or raise `vocabulary`.',
      `/data/${sourceOf(name, data)}`,
    );
  }
}

function announce(
  experiment: Experiment,
  host: EngineHost,
  backend: BackendChoice,
  parameters: number,
  dataSets: ReadonlyMap<string, DataSet> = new Map(),
): void {
  host.emit({
    event: 'run-started',
    run: host.run,
    name: experiment.name,
    seed: experiment.seed,
    backend,
    parameters,
    epochs: experiment.start.train?.epochs ?? 0,
    legs: plannedLegs(experiment).map(({ leg }) => ({
      leg: leg.leg,
      objective: leg.objective.type,
      steps: stepsOf(leg),
    })),
    ...(experiment.compare && {
      baselines: baselinesOf({ experiment, dataSets }).map(({ baseline, leg: { leg }, steps }) => ({
        baseline,
        leg,
        steps,
      })),
    }),
  });
}

/** @returns whether the end was reached; false where the user stopped the run */
async function walkPath(run: Run): Promise<boolean> {
  const { experiment } = run.context;
  if (!run.record.start && !(await beginPath(run))) return false;
  await attackStart(run);
  for (const [position, { leg, index }] of plannedLegs(experiment).entries()) {
    if (position < run.record.legs.length) continue;
    noteStart(run, position);
    if (!(await walkLeg(run, leg, index))) return false;
  }
  if (experiment.path.length === 0) await measureAlone(run);
  return true;
}

/** What is known of a path once it was walked, and of the baselines beside it. */
function measurePath(run: Run): void {
  if (!run.context.experiment.measure?.pca || run.record.pca) return;
  takePca(run);
  run.save([]);
}

/** Without a path the first network is all there is to measure. */
async function measureAlone(run: Run): Promise<void> {
  const spec = run.context.experiment.measure?.spectrum;
  if (!spec || run.record.spectra) return;
  await takeSpectrum(run, spec, { weights: run.weights, step: 0 });
  run.save([]);
}

/** Brings the first network about and measures it. */
async function beginPath(run: Run): Promise<boolean> {
  const { experiment, host } = run.context;
  if (experiment.start.train && !(await train(run, experiment.start.train))) return false;
  run.beginPath();
  const metrics = await measure(run.context, run.weights);
  checkFirst(experiment, metrics);
  const file = run.saveWeights('start', run.weights);
  host.emit({ event: 'start-ended', seconds: run.seconds(), metrics, file });
  run.record.saved = { step: 0, file };
  noteNetwork(run, { step: 0, file });
  run.record.start = metrics;
  run.save([]);
  return true;
}

/** Attacks the first network, where no leg has led away from it. */
async function attackStart(run: Run): Promise<void> {
  const { record, weights, context } = run;
  const { attack } = context.experiment.measure ?? {};
  if (!attack || record.leg || record.legs.length > 0) return;
  await takeAttacks(run, attack, { weights, step: 0 });
}

function end(run: Run, status: EndStatus): Report {
  const { experiment, host } = run.context;
  const legs = [...run.record.legs, ...openLeg(run, status)];
  const report = reportOf(experiment, host, run, status, legs);
  host.emit({ event: 'run-ended', status, report });
  return report;
}

function openLeg(run: Run, status: EndStatus): LegReport[] {
  const planned = plannedLegs(run.context.experiment)[run.record.legs.length];
  if (!planned || status === 'completed') return [];
  const report = reportOpenLeg(run, planned.leg, status);
  if (!report) return [];
  run.context.host.emit({ event: 'leg-ended', report });
  return [report];
}

function fail(
  experiment: Experiment,
  host: EngineHost,
  error: EngineError,
  run?: Run,
  resumed = false,
): Report {
  const nothing = {
    name: experiment.backend,
    device: 'none',
    reason: 'The run did not get so far.',
  };
  if (!run && !resumed) announce(experiment, host, nothing, 0);
  const legs = run ? [...run.record.legs, ...openLeg(run, 'failed')] : [];
  const report = {
    ...reportOf(experiment, host, run, 'failed', legs),
    reason: error.message,
    code: error.code,
    pointer: error.pointer,
  };
  host.emit({ event: 'run-ended', status: 'failed', report });
  return report;
}

function reportOf(
  experiment: Experiment,
  host: EngineHost,
  run: Run | undefined,
  status: EndStatus,
  legs: LegReport[],
): Report {
  const start = run?.record.start;
  const completed = status === 'completed';
  const baselines = run?.record.compare?.reports ?? [];
  const continual = continualOf(experiment, { start, legs, baselines }, (name) => {
    const data = run?.context.dataSets.get(name);
    return data && ownClasses(data, experiment.model.classes)?.length;
  });
  const plan = plannedLegs(experiment).map(({ leg: { leg } }) => leg);
  return {
    run: host.run,
    name: experiment.name,
    status,
    backend: run?.record.backend.name ?? experiment.backend,
    device: run?.record.backend.device ?? 'none',
    seed: experiment.seed,
    started: run?.record.started ?? new Date().toISOString(),
    seconds: run?.seconds() ?? 0,
    ...(start && { start }),
    legs,
    baselines,
    ...(run?.record.attacks && { attacks: run.record.attacks }),
    ...(run?.record.spectra && { spectra: run.record.spectra }),
    ...(run?.record.pca && { pca: run.record.pca }),
    ...(continual && { continual }),
    expectations: judgeExpectations(experiment, { start, legs, plan, completed }),
  };
}

/** Anything unforeseen becomes a failure with a reason; a dead wasm module is told apart, as resuming helps there. */
function asEngineError(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Error && error.constructor.name === 'RuntimeError')
    return new EngineError(
      'fip/backend-died',
      `The wasm backend broke down (${message}). Resume the run; if it happens again, use fewer samples.`,
      '/backend',
    );
  return new EngineError('fip/internal', `The engine failed unexpectedly: ${message}`, '');
}
