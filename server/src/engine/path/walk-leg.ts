import type { Ensemble, LegReport, Metrics } from '../../protocol/generated';
import type { Leg } from '../../spec/experiment';
import { finite, measure } from '../metrics/measure';
import { takeAttacks } from '../metrics/measure-attack';
import { measureEnsemble } from '../metrics/measure-ensemble';
import { takeSpectrum } from '../metrics/measure-spectrum';
import { noteNetwork } from '../metrics/path-pca';
import type { Run } from '../run';
import type { LegRecord } from '../run-record';
import { asTensor, restoreInto } from '../saved-vector';
import { axpy } from '../vector';
import { checkMeasured, checkStep, type Place } from './check-finite';
import { withHeldZeros, zerosAfter } from './held-zeros';
import { keepForAttacks } from './baselines/attack-ensembles';
import { keepFunction, type KeptFunction } from './kept-function';
import { isCheckpoint, stepsOf } from './leg-steps';
import { createObjective } from './objectives/create-objective';
import type { Objective } from './objectives/objective';
import { offManifoldWarning } from './off-manifold';
import { createSolver } from './solvers/create-solver';
import type { Solver } from './solvers/solver';
import type { SolverStep } from './solvers/solver-step';

/** One leg at work. */
interface LegWalk {
  run: Run;
  leg: Leg;
  index: number;
  record: LegRecord;
  anchor: Float32Array;
  kept: KeptFunction;
  objective: Objective;
  solver: Solver;
}

/**
 * Walks a leg, from its first step or from where a saved run stood, and leaves the run at its end.
 * @returns whether it was finished; false where the user stopped it
 */
export async function walkLeg(run: Run, leg: Leg, index: number): Promise<boolean> {
  const walk = await beginLeg(run, leg, index);
  while (walk.record.steps < stepsOf(leg)) {
    if (run.context.host.shouldStop()) {
      save(walk);
      return false;
    }
    await takeStep(walk);
  }
  await endLeg(walk);
  return true;
}

/** The report of a leg that has begun but not ended. */
export function reportOpenLeg(
  run: Run,
  leg: Leg,
  status: 'stopped' | 'failed',
): LegReport | undefined {
  return run.record.leg && legReport(run, leg, run.record.leg, status);
}

async function beginLeg(run: Run, leg: Leg, index: number): Promise<LegWalk> {
  const resumed = run.record.leg;
  const anchor = run.weights.slice();
  if (resumed) restoreInto(anchor, run.restored, 'anchor');
  const context = withHeldZeros(run.context, leg, run.zeros, anchor);
  const objective = createObjective(leg, index, context);
  const solver = createSolver(leg, index, context);
  if (resumed) {
    objective.restore(run.restored);
    solver.restore(run.restored, resumed.solver, resumed.steps);
  }
  const kept = await keepFunction(leg, index, anchor, context);
  await objective.begin?.(kept);
  const parts = { run, leg, index, anchor, kept, objective, solver };
  if (resumed) return { ...parts, record: resumed };
  const walk = { ...parts, record: await newLegRecord(run, objective, anchor, kept) };
  run.record.leg = walk.record;
  await announce(walk);
  return walk;
}

function warnAtStart({ run, leg, objective, kept }: LegWalk): void {
  for (const warning of [...(objective.warnings ?? []), ...(kept.warnings ?? [])])
    run.context.host.emit({ event: 'warning', leg: leg.leg, step: 0, ...warning });
}

async function newLegRecord(
  run: Run,
  objective: Objective,
  anchor: Float32Array,
  kept: KeptFunction,
): Promise<LegRecord> {
  const secondsBefore = run.seconds();
  const position = { anchor, start: run.start, kept, arcLength: 0, action: 0 };
  const target = objective.distanceToTarget?.(anchor);
  const metrics = await measure(run.context, anchor, {
    ...position,
    ...(target !== undefined && { distanceToTarget: target }),
  });
  const projected =
    objective.projected && (await measure(run.context, objective.projected(anchor), position));
  return {
    steps: 0,
    arcLength: 0,
    action: 0,
    secondsBefore,
    metrics,
    warned: [],
    solver: {},
    ...(projected && { projected }),
  };
}

async function announce(walk: LegWalk): Promise<void> {
  const { run, leg, record } = walk;
  run.context.host.emit({
    event: 'leg-started',
    leg: leg.leg,
    objective: leg.objective.type,
    steps: stepsOf(leg),
    ...(record.projected && { projected: record.projected }),
  });
  warnAtStart(walk);
  emitCheckpoint(walk, record.metrics);
  await measureSpectrum(walk, 'start', run.weights);
  save(walk);
}

async function takeStep(walk: LegWalk): Promise<void> {
  const { run, leg, record, objective, solver, kept } = walk;
  const step = await solver.step(run.weights, record.steps, objective, kept);
  const found = objective.adjust?.(step) ?? step;
  checkStep(placeOf(walk, record.steps + 1), found);
  axpy(1, found.theta, run.weights);
  record.steps++;
  record.arcLength += found.length;
  record.action += found.outputChange;
  emitStep(walk, found);
  warnOnce(walk, found.warning);
  if (isCheckpoint(leg, record.steps)) await takeCheckpoint(walk);
  if (record.steps === Math.round(leg.solver.steps / 2))
    await measureSpectrum(walk, 'middle', objective.present(run.weights, record.steps));
  if (objective.endsPath?.(run.weights, record.steps)) goBack(walk);
  save(walk);
}

/** @param step that is looked at */
function placeOf({ run, leg, index, anchor }: LegWalk, step: number): Place {
  const { saved } = run.record;
  return { leg, index, step, anchor, ...(saved && { last: saved }) };
}

/** Keeps the end of one of a leg's paths, which has just been measured, and goes back to where the next one begins. */
function goBack({ run, leg, record, anchor }: LegWalk): void {
  const { accuracy, arc_length = null, weight_distance = null } = record.metrics;
  const members = [...(record.members ?? []), { accuracy, arc_length, weight_distance }];
  run.saveWeights(`${leg.leg}-member-${members.length}`, run.weights);
  run.weights = anchor.slice();
  Object.assign(record, { members, arcLength: 0, action: 0 });
}

async function takeCheckpoint(walk: LegWalk): Promise<void> {
  const { run, leg, record, objective, anchor, kept } = walk;
  const weights = objective.present(run.weights, record.steps);
  const target = objective.distanceToTarget?.(run.weights);
  const metrics = await measure(run.context, weights, {
    anchor,
    start: run.start,
    kept,
    arcLength: record.arcLength,
    action: record.action,
    ...(target !== undefined && { distanceToTarget: target }),
  });
  checkMeasured(placeOf(walk, record.steps), metrics);
  record.metrics = metrics;
  const file = run.saveWeights(`${leg.leg}-${String(record.steps).padStart(5, '0')}`, weights);
  emitCheckpoint(walk, record.metrics, file);
  run.record.saved = { leg: leg.leg, step: record.steps, file };
  noteNetwork(run, { leg: leg.leg, step: record.steps, file });
  warnOnce(walk, offManifoldWarning(record.metrics, kept));
  await measureSpectrum(walk, 'checkpoint', weights);
}

/** Takes the spectrum where the spec asks for it at this moment; the first network is a checkpoint, too. */
async function measureSpectrum(
  { run, leg, record, kept }: LegWalk,
  moment: 'start' | 'middle' | 'end' | 'checkpoint',
  weights: Float32Array,
): Promise<void> {
  const spec = run.context.experiment.measure?.spectrum;
  if (!spec) return;
  const isCheckpoint = moment === 'start' || moment === 'checkpoint';
  const asked = spec.at === 'every_checkpoint' ? isCheckpoint : spec.at.some((at) => at === moment);
  if (!asked) return;
  const { memory } = kept;
  const { distance } = leg.keep;
  await takeSpectrum(run, spec, { weights, leg: leg.leg, step: record.steps, memory, distance });
}

/** Tells of what is wrong with the path, each thing once a leg. */
function warnOnce(
  { run, leg, index, record }: LegWalk,
  warning: { code: string; message: string } | undefined,
): void {
  if (!warning || record.warned.includes(warning.code)) return;
  record.warned.push(warning.code);
  const position = { leg: leg.leg, step: record.steps, pointer: `/path/${index}/solver` };
  run.context.host.emit({ event: 'warning', ...position, ...warning });
}

async function endLeg(walk: LegWalk): Promise<void> {
  const { run, leg, record, objective } = walk;
  const weights = objective.present(run.weights, record.steps);
  const ensemble = await endEnsemble(walk, weights);
  await attackEnd(walk, weights);
  await measureSpectrum(walk, 'end', weights);
  run.weights = weights;
  const report = { ...legReport(run, leg, record, 'completed'), ...(ensemble && { ensemble }) };
  const file = run.saveWeights(`${leg.leg}-end`, run.weights);
  run.record.saved = { leg: leg.leg, step: record.steps, file };
  run.zeros = zerosAfter(leg, walk.index, run.context.network.layout, run.zeros, run.weights);
  run.context.host.emit({ event: 'leg-ended', report, file });
  run.record.legs.push(report);
  delete run.record.leg;
  run.save([]);
}

/** Attacks the network at the end of a leg, or the ensemble that it has found. */
async function attackEnd(walk: LegWalk, weights: Float32Array): Promise<void> {
  const { run, leg, record, objective } = walk;
  const { attack } = run.context.experiment.measure ?? {};
  if (!attack) return;
  const place = { leg: leg.leg, step: record.steps };
  const { members } = objective;
  // Attacks save what they find, on top of what was saved last; the run still stands where the last step led.
  save(walk);
  await takeAttacks(run, attack, { ...place, weights, ...(members && { members }) });
  if (members) keepForAttacks(run, place, members);
}

/** Measures the ensemble of a leg that has found one, and the network that the path goes on from. */
async function endEnsemble(walk: LegWalk, weights: Float32Array): Promise<Ensemble | undefined> {
  const { run, leg, index, record, objective, anchor, kept } = walk;
  const { members: networks } = objective;
  if (!networks || !record.members) return undefined;
  const position = { anchor, start: run.start, kept, arcLength: 0, action: 0 };
  record.metrics = await measure(run.context, weights, position);
  const found = { networks, members: record.members };
  return measureEnsemble(run.context, leg, index, found);
}

function legReport(run: Run, leg: Leg, record: LegRecord, status: LegReport['status']): LegReport {
  return {
    leg: leg.leg,
    objective: leg.objective.type,
    status,
    steps: record.steps,
    seconds: run.seconds() - record.secondsBefore,
    end: record.metrics,
    ...(record.projected && { projected: record.projected }),
  };
}

function save({ run, record, anchor, objective, solver }: LegWalk): void {
  const { tensors, facts } = solver.state();
  record.solver = facts;
  run.save([asTensor('anchor', anchor), ...objective.state(), ...tensors]);
}

function emitStep(walk: LegWalk, found: SolverStep): void {
  const { run, leg, record } = walk;
  run.context.host.emit({
    event: 'step',
    leg: leg.leg,
    step: record.steps,
    steps: stepsOf(leg),
    ...memberOf(walk),
    length: finite(found.length),
    arc_length: finite(record.arcLength),
    action: finite(record.action),
    objective_value: finite(found.objectiveValue),
    ...(found.iterations !== undefined && { iterations: found.iterations }),
    ...(found.residual !== undefined && { residual: finite(found.residual) }),
    ...(found.stiffness !== undefined && { stiffness: found.stiffness }),
    ...(found.movement !== undefined && { movement: finite(found.movement) }),
    ...(found.halvings !== undefined && { halvings: found.halvings }),
  });
}

function emitCheckpoint(walk: LegWalk, metrics: Metrics, file?: string): void {
  const { run, leg, record } = walk;
  run.context.host.emit({
    event: 'checkpoint',
    leg: leg.leg,
    step: record.steps,
    steps: stepsOf(leg),
    ...(record.steps > 0 && memberOf(walk)),
    metrics,
    ...(file !== undefined && { file }),
  });
}

/** Whose path is being walked, where a leg finds several networks. */
function memberOf({ objective, record }: LegWalk): { member?: number } {
  return objective.members ? { member: (record.members?.length ?? 0) + 1 } : {};
}
