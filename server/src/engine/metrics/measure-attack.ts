import type { MeasuredAttack } from '../../protocol/generated';
import type { MeasureAttack } from '../../spec/experiment';
import type { DataSet, Samples } from '../data/data-set';
import { EngineError } from '../engine-error';
import { Random } from '../random';
import type { Run } from '../run';
import { dataSetOf, gatherInputs, gatherLabels, type RunContext } from '../run-context';
import { checkStop } from '../stop-request';
import type { AttackLimits, LossByInput } from './attacks/attack';
import { ATTACKS } from './attacks/attacks';
import { averagedAnswers, averagedLoss } from './attacks/averaged-loss';
import { finite } from './measure';
import { outputsInChunks } from './outputs';

/** Images that are attacked together, at most. */
export const ATTACKED_TOGETHER = 100;

/** A network that is attacked, or several that answer together, and where they stand. */
export interface AttackTarget {
  networks: readonly Float32Array[];
  leg?: string;
  /** The baseline beside the leg that they are of. */
  baseline?: string;
  step: number;
}

/** What the attacker knows. */
interface Threat {
  threat: MeasureAttack['threats'][number];
  /** The networks that attacks are made on. */
  known: readonly Float32Array[];
  /** The baseline that they are of. */
  source?: string;
}

/** What tells one measured attack from another. */
type AttackKey = Pick<MeasuredAttack, 'leg' | 'baseline' | 'kind' | 'threat' | 'source'>;

/** Whether an attack was taken before the user stopped the run in the middle of those here. */
function isTaken({ record }: Run, wanted: AttackKey): boolean {
  const keys = ['leg', 'baseline', 'kind', 'threat', 'source'] as const;
  return (record.attacks ?? []).some((attack) => keys.every((key) => attack[key] === wanted[key]));
}

/**
 * Measures a network under each attack that the spec names, reports it and keeps it for the report. An ensemble is measured
 * in the network's place: attacked by one who knows all its members, and by one who knows the network alone. Each attack is
 * saved once it is taken; those that were taken are not taken again.
 * @throws StopRequest where the user asks to stop
 */
export async function takeAttacks(
  run: Run,
  spec: MeasureAttack,
  place: Omit<AttackTarget, 'networks'> & {
    weights: Float32Array;
    members?: readonly Float32Array[];
  },
): Promise<void> {
  const { weights, members, ...rest } = place;
  const networks = members ?? [weights];
  const targets = [{ ...rest, networks }];
  // A network has no origin to be attacked from, so that there is but one threat.
  if (!members || spec.threats.includes('white_box'))
    await takeThreat(run, spec, { threat: 'white_box', known: networks }, targets);
  if (members && spec.threats.includes('transfer'))
    await takeThreat(run, spec, { threat: 'transfer', known: [weights] }, targets);
}

/** Measures ensembles under the attacks of one who knows other networks, trained independently. */
export async function takeTransfer(
  run: Run,
  spec: MeasureAttack,
  { source, known }: { source: string; known: readonly Float32Array[] },
  targets: readonly AttackTarget[],
): Promise<void> {
  await takeThreat(run, spec, { threat: 'transfer_independent', known, source }, targets);
}

async function takeThreat(
  run: Run,
  spec: MeasureAttack,
  threat: Threat,
  targets: readonly AttackTarget[],
): Promise<void> {
  const { context } = run;
  const data = dataSetOf(context, spec.on, '/measure/attack/on');
  const samples = samplesOf(data, spec, context.experiment.seed);
  for (const kind of spec.kinds) {
    const open = targets.filter((target) => !isTaken(run, { ...target, ...threat, kind }));
    if (open.length === 0) continue;
    const attacked = await attackedInputs(context, spec, kind, data, threat.known, samples);
    for (const target of open) {
      const accuracyOn = async (inputs: Float32Array) =>
        finite(shareRight(await answersOf(context, target.networks, inputs), samples.labels));
      const clean = await accuracyOn(samples.inputs);
      const accuracy = await accuracyOn(attacked);
      const { networks: _networks, ...place } = target;
      const about = { on: data.name, kind, ...aboutOf(threat), epsilon: spec.epsilon };
      report(run, { ...place, ...about, samples: samples.count, clean, accuracy });
    }
  }
}

const aboutOf = ({ threat, source }: Threat) => ({
  threat,
  ...(source !== undefined && { source }),
});

function report(run: Run, attack: MeasuredAttack): void {
  const { context, record } = run;
  record.attacks = [...(record.attacks ?? []), attack];
  context.host.emit({ event: 'attack', attack });
  run.save();
}

/** The limits of an attack in the units of the network's inputs. */
export function limitsOf(
  { epsilon, steps, step_size: share }: MeasureAttack,
  { mean, deviation }: NonNullable<DataSet['pixels']>,
): AttackLimits {
  const length = epsilon / deviation;
  return {
    ...{ epsilon: length, steps, stepSize: share * length },
    low: -mean / deviation,
    high: (1 - mean) / deviation,
  };
}

async function attackedInputs(
  context: RunContext,
  spec: MeasureAttack,
  kind: MeasureAttack['kinds'][number],
  { name, pixels }: DataSet,
  known: readonly Float32Array[],
  { count, inputs, labels }: Samples,
): Promise<Float32Array> {
  if (!pixels)
    throw new EngineError(
      'fip/attack-needs-images',
      `Only images can be attacked, and the samples of \`${name}\` are none. Name another data set.`,
      '/measure/attack/on',
    );
  const attacked = new Float32Array(inputs.length);
  const limits = limitsOf(spec, pixels);
  const { inputs: features } = context.network;
  for (let from = 0; from < count; from += ATTACKED_TOGETHER) {
    const to = Math.min(from + ATTACKED_TOGETHER, count);
    const loss = stoppable(context, averagedLoss(context, known, labels.subarray(from, to)));
    const random = Random.of(context.experiment.seed, 'attack', kind, from);
    const given = inputs.subarray(from * features, to * features);
    attacked.set(await ATTACKS[kind](loss, given, limits, random), from * features);
  }
  return attacked;
}

/** The loss, asked for once in each iteration of an attack, which is when the user can stop it. */
function stoppable({ host }: RunContext, loss: LossByInput): LossByInput {
  return (inputs) => {
    checkStop(host);
    return loss(inputs);
  };
}

async function answersOf(
  context: RunContext,
  networks: readonly Float32Array[],
  inputs: Float32Array,
): Promise<Int32Array> {
  const logits: Float32Array[] = [];
  for (const weights of networks) logits.push(await outputsInChunks(context, weights, inputs));
  return averagedAnswers(logits, inputs.length / context.network.inputs);
}

function shareRight(answers: Int32Array, labels: Int32Array): number {
  return answers.filter((answer, row) => answer === labels[row]).length / labels.length;
}

/** The same test images at each call, so that networks can be compared. */
function samplesOf({ name, test }: DataSet, spec: MeasureAttack, seed: number): Samples {
  const random = Random.of(seed, 'attack', 'samples', name);
  const rows = random.sample(test.count, Math.min(test.count, spec.samples));
  return {
    count: rows.length,
    inputs: gatherInputs(test, rows),
    labels: gatherLabels(test, rows),
  };
}
