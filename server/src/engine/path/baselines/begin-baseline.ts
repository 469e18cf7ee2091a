import type { NamedTensor } from '../../host';
import type { Run } from '../../run';
import type { CompareRecord } from '../../run-record';
import type { RunContext } from '../../run-context';
import { asTensor, restoreInto } from '../../saved-vector';
import { withHeldZeros, zerosAfter } from '../held-zeros';
import { keepFunction } from '../kept-function';
import { stepsOf } from '../leg-steps';
import type { BaselineMethod, BaselineSetting } from './baseline-method';
import { baselinesOf, type PlannedBaseline } from './baselines-of';
import { createBaseline } from './create-baseline';
import { labelMemory } from '../keep/labelled-memory';

const WEIGHTS = 'baseline.weights';
const ANCHOR = 'baseline.anchor';
const ZEROS = 'baseline.zeros';

/** Adam as the schema fills it in. */
const DEFAULT_OPTIMIZER = {
  ...{ type: 'adam', learning_rate: 1e-3, betas: [0.9, 0.999], epsilon: 1e-8 },
} satisfies BaselineSetting['optimizer'];

/** A baseline at work beside a leg. */
export interface BaselineRun {
  run: Run;
  planned: PlannedBaseline;
  record: CompareRecord;
  setting: BaselineSetting;
  method: BaselineMethod;
  weights: Float32Array;
  /** The zeros that were made in the legs that it comes from, see `MadeZeros`. */
  zeros?: Float32Array;
}

/** Keeps the network that the path has at the start of a leg, where baselines are going to begin with it. */
export function noteStart(run: Run, position: number): void {
  // A leg that is under way was noted when it began.
  if (run.record.leg) return;
  const begins = baselinesOf(run.context).some(
    (planned) => planned.position === position && planned.begins === 'path',
  );
  if (!begins) return;
  run.lasting.set(startOf(position), run.weights.slice());
  if (run.zeros) run.lasting.set(zerosOf(position), run.zeros);
}

const startOf = (position: number) => `start.${position}`;
const zerosOf = (position: number) => `zeros.${position}`;

/**
 * Begins a baseline beside a leg, or takes it up where a saved run stood.
 * @param known data sets that were kept in the legs it comes from
 * @param before the saved vectors: its own, or those that the one before ended with
 * @returns undefined where the user stopped the run
 */
export async function beginBaseline(
  parts: Pick<BaselineRun, 'run' | 'planned' | 'record'>,
  known: ReadonlySet<string>,
  before: readonly NamedTensor[],
): Promise<BaselineRun | undefined> {
  const { run, planned, record } = parts;
  const weights = firstNetwork(run, planned, before);
  const anchor = weights.slice();
  if (record.begun) {
    restoreInto(weights, before, WEIGHTS);
    restoreInto(anchor, before, ANCHOR);
  }
  const zeros = zerosBefore(run, planned, before);
  const context = withHeldZeros(run.context, planned.leg, zeros, anchor);
  const setting = await settingOf(context, planned, anchor, known);
  const method = createBaseline(planned.spec, setting);
  const walk = { ...parts, setting, method, weights, ...(zeros && { zeros }) };
  if (record.begun) method.restore(before, record.steps);
  else if (!(await begin(walk, before))) return undefined;
  return walk;
}

async function begin(walk: BaselineRun, before: readonly NamedTensor[]): Promise<boolean> {
  const { run, planned, record, method } = walk;
  const { baseline, leg, begins, steps } = planned;
  record.secondsBefore = run.seconds();
  if (run.context.host.shouldStop()) return false;
  if (!((await method.begin?.(begins === 'own' ? before : [])) ?? true)) return false;
  Object.assign(record, { begun: true, steps: 0 });
  run.context.host.emit({ event: 'baseline-started', baseline, leg: leg.leg, steps });
  saveBaseline(walk);
  return true;
}

function firstNetwork(
  run: Run,
  { begins, position }: PlannedBaseline,
  before: readonly NamedTensor[],
): Float32Array {
  const weights = (run.lasting.get(startOf(position)) ?? run.weights).slice();
  if (begins === 'own') restoreInto(weights, before, WEIGHTS);
  return weights;
}

function zerosBefore(
  run: Run,
  { begins, position }: PlannedBaseline,
  before: readonly NamedTensor[],
): Float32Array | undefined {
  if (begins === 'path') return run.lasting.get(zerosOf(position));
  return before.find(({ name }) => name === ZEROS)?.values.slice();
}

async function settingOf(
  context: RunContext,
  planned: PlannedBaseline,
  anchor: Float32Array,
  known: ReadonlySet<string>,
): Promise<BaselineSetting> {
  const { baseline, leg, index, spec } = planned;
  const own = leg.solver.type === 'penalty' ? leg.solver.optimizer : undefined;
  return {
    ...{ context, name: baseline, leg, index, anchor, known },
    kept: await keepFunction(leg, index, anchor, context),
    memory: labelMemory(leg, index, context),
    steps: spec.type === 'independent_ensemble' ? planned.steps : (spec.steps ?? stepsOf(leg)),
    optimizer: spec.optimizer ?? own ?? DEFAULT_OPTIMIZER,
  };
}

/** Makes durable how far it has come. */
export function saveBaseline({ run, setting, method, weights, zeros }: BaselineRun): void {
  const vectors = [asTensor(WEIGHTS, weights), asTensor(ANCHOR, setting.anchor)];
  run.save([...vectors, ...zerosTensor(zeros), ...method.state()]);
}

/** What the next baseline may take up from one that has ended. */
export function leftBehind({ run, planned, weights, method, zeros }: BaselineRun): NamedTensor[] {
  const { leg, index } = planned;
  const after = zerosAfter(leg, index, run.context.network.layout, zeros, weights);
  return [asTensor(WEIGHTS, weights), ...zerosTensor(after), ...method.state()];
}

const zerosTensor = (zeros: Float32Array | undefined): NamedTensor[] =>
  zeros ? [asTensor(ZEROS, zeros)] : [];
