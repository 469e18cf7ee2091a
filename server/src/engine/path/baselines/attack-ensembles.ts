import { takeAttacks, takeTransfer, type AttackTarget } from '../../metrics/measure-attack';
import type { Run } from '../../run';
import { baselinesOf, type PlannedBaseline } from './baselines-of';
import type { BaselineRun } from './begin-baseline';

/** Keeps the members that a leg has found for as long as independent ensembles beside it are going to attack them. */
export function keepForAttacks(
  run: Run,
  place: { leg: string; step: number },
  members: readonly Float32Array[],
): void {
  const isWanted = baselinesOf(run.context).some((planned) => isBeside(planned, place.leg));
  if (asksForTransfer(run) && isWanted) keep(run, place, members);
}

/**
 * Attacks the ensemble of a baseline that has ended as the leg's was attacked; then, from each independent ensemble beside
 * the leg, all others there that it has not met yet.
 */
export async function attackEnsembles(walk: BaselineRun): Promise<void> {
  const { run, planned, record, setting, method } = walk;
  const { attack } = run.context.experiment.measure ?? {};
  const { members } = method;
  if (!attack || !members) return;
  const { baseline, leg: walked } = planned;
  const { leg } = walked;
  const own = { leg, baseline, step: record.steps, networks: members };
  await takeAttacks(run, attack, { ...own, members, weights: setting.anchor });
  if (!asksForTransfer(run)) return;
  const others = keptBeside(run, leg);
  if (others.length > 0)
    await takeTransfer(run, attack, { source: baseline, known: members }, others);
  for (const { baseline: source, networks: known } of others)
    if (source !== undefined) await takeTransfer(run, attack, { source, known }, [own]);
}

/** What an ended baseline leaves for those that come after it beside the same leg. */
export function leaveForAttacks({ run, planned, record, method }: BaselineRun): void {
  const { baseline, leg: walked } = planned;
  const { leg } = walked;
  const later = baselinesOf(run.context).slice(record.position + 1);
  const goesOn = later.some((other) => isBeside(other, leg));
  if (goesOn && method.members && asksForTransfer(run))
    keep(run, { leg, baseline, step: record.steps }, method.members);
  if (goesOn) return;
  for (const name of [...run.lasting.keys()]) if (isOf(name, leg)) run.lasting.delete(name);
}

const asksForTransfer = ({ context }: Run): boolean =>
  context.experiment.measure?.attack?.threats.includes('transfer_independent') ?? false;

const isBeside = ({ spec, leg }: PlannedBaseline, name: string): boolean =>
  spec.type === 'independent_ensemble' && leg.leg === name;

/** Between the parts of the names under which members are kept; no name of a spec has it. */
const GAP = '|';
const ENSEMBLE = 'ensemble';

/** Whose ensemble it is: a leg's, or that of a baseline beside it. */
type Owner = Omit<AttackTarget, 'networks'> & { leg: string };

function keep(run: Run, { leg, baseline = '', step }: Owner, members: readonly Float32Array[]) {
  for (const [i, weights] of members.entries())
    run.lasting.set([ENSEMBLE, leg, baseline, step, i].join(GAP), weights.slice());
}

/** The ensembles beside a leg that were found or trained so far. */
function keptBeside(run: Run, leg: string): AttackTarget[] {
  const found = new Map<string, AttackTarget & { networks: Float32Array[] }>();
  for (const [name, weights] of run.lasting) {
    if (!isOf(name, leg)) continue;
    const [, , baseline = '', step] = name.split(GAP);
    const place = { leg, step: Number(step), ...(baseline !== '' && { baseline }) };
    const ensemble = found.get(baseline) ?? { ...place, networks: [] };
    ensemble.networks.push(weights);
    found.set(baseline, ensemble);
  }
  return [...found.values()];
}

const isOf = (name: string, leg: string): boolean => name.startsWith([ENSEMBLE, leg, ''].join(GAP));
