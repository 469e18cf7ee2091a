import type { BaselineReport } from '../../../protocol/generated';
import { finite, measure } from '../../metrics/measure';
import { noteNetwork } from '../../metrics/path-pca';
import type { Run } from '../../run';
import type { CompareRecord } from '../../run-record';
import { applyMask } from '../../vector';
import { attackEnsembles, leaveForAttacks } from './attack-ensembles';
import { baselinesOf, knownBefore } from './baselines-of';
import { endEnsemble } from './end-ensemble';
import { beginBaseline, leftBehind, saveBaseline, type BaselineRun } from './begin-baseline';

/** Progress events, and saved states, of a baseline beside a leg. */
const REPORTS = 20;

/**
 * Runs the baselines one after the other, from the first one or from where a saved run stood.
 * @returns whether all are finished; false where the user stopped the run
 */
export async function runBaselines(run: Run): Promise<boolean> {
  const plan = baselinesOf(run.context);
  if (plan.length === 0) return true;
  const record = (run.record.compare ??= newRecord());
  let before = run.restored;
  for (let planned = plan[record.position]; planned; planned = plan[record.position]) {
    if (planned.begins === 'own' && record.failed.includes(planned.item)) {
      const { baseline, leg } = planned;
      run.context.host.emit({ event: 'baseline-ended', baseline, leg: leg.leg });
      record.position++;
      continue;
    }
    const known = knownBefore(plan, record.position);
    const walk = await beginBaseline({ run, planned, record }, known, before);
    if (!walk || !(await takeSteps(walk))) return false;
    before = leftBehind(walk);
    run.save(before);
  }
  return true;
}

function newRecord(): CompareRecord {
  return { position: 0, begun: false, steps: 0, secondsBefore: 0, reports: [], failed: [] };
}

/** @returns whether it came to its end, by success or by failure; false where the user stopped the run */
async function takeSteps(walk: BaselineRun): Promise<boolean> {
  const { run, record, method, weights, setting } = walk;
  const { free } = setting.context;
  const every = Math.max(1, Math.ceil(method.steps / REPORTS));
  while (record.steps < method.steps) {
    if (run.context.host.shouldStop()) {
      saveBaseline(walk);
      return false;
    }
    const loss = await method.step(weights, record.steps);
    // Methods that write weights anew, as from adapters, write into the zeros, too.
    if (free) applyMask(free, weights);
    record.steps++;
    if (!Number.isFinite(loss)) {
      failBaseline(walk);
      return true;
    }
    if (record.steps % every !== 0 && record.steps < method.steps) continue;
    reportProgress(walk, loss);
    saveBaseline(walk);
  }
  await endBaseline(walk);
  return true;
}

function reportProgress({ run, planned, record, method }: BaselineRun, loss: number): void {
  run.context.host.emit({
    event: 'baseline-progress',
    baseline: planned.baseline,
    leg: planned.leg.leg,
    step: record.steps,
    steps: method.steps,
    loss: finite(loss),
  });
}

async function endBaseline(walk: BaselineRun): Promise<void> {
  const { run, planned, record, weights } = walk;
  const end = await measureEnd(walk);
  if (end === undefined) {
    failBaseline(walk);
    return;
  }
  const { baseline, leg } = planned;
  const ensemble = await endEnsemble(walk);
  // Attacks save what they find, on top of what was saved last.
  if (ensemble) saveBaseline(walk);
  await attackEnsembles(walk);
  leaveForAttacks(walk);
  const file = run.saveWeights(`${leg.leg}-${baseline}`, weights);
  noteNetwork(run, { leg: leg.leg, baseline, step: record.steps, file });
  const seconds = run.seconds() - record.secondsBefore;
  const place = { baseline, leg: leg.leg, steps: record.steps };
  const report = { ...place, seconds, end, ...(ensemble && { ensemble }) };
  run.context.host.emit({ event: 'baseline-ended', baseline, leg: leg.leg, report, file });
  record.reports.push(report);
  goOn(record);
}

/** What a leg measures at its end, but for what only a path has; undefined where the last step left no numbers. */
async function measureEnd({
  run,
  setting,
  weights,
}: BaselineRun): Promise<BaselineReport['end'] | undefined> {
  if (!weights.every(Number.isFinite)) return undefined;
  const { anchor, kept } = setting;
  const position = { start: run.start, anchor, kept, arcLength: 0, action: 0 };
  const {
    arc_length: _length,
    action: _action,
    ...metrics
  } = await measure(run.context, weights, position);
  return metrics;
}

/** Its last numbers are worth nothing: a warning says so, and the next one begins. */
function failBaseline({ run, planned, record }: BaselineRun): void {
  const { baseline, leg, item } = planned;
  const { host } = run.context;
  host.emit({
    event: 'warning',
    code: 'fip/baseline-not-finite',
    message:
      `The baseline \`${baseline}\` was no longer a number after step ${record.steps} beside the leg \`${leg.leg}\` ` +
      'and has no outcome there. Lower the learning rate of its `optimizer`, or its weights.',
    pointer: `/compare/${item}`,
  });
  host.emit({ event: 'baseline-ended', baseline, leg: leg.leg });
  record.failed.push(item);
  goOn(record);
}

function goOn(record: CompareRecord): void {
  Object.assign(record, { position: record.position + 1, begun: false, steps: 0 });
}
