import { planBaselines, type BaselinePlace } from '../../../protocol/baseline-plan';
import type { Baseline, Leg } from '../../../spec/experiment';
import type { RunContext } from '../../run-context';
import { stepsOf } from '../leg-steps';
import { plannedLegs } from '../planned-legs';
import { independentSteps } from './independent-recipe';

/** A baseline beside a leg, as it is going to run. */
export interface PlannedBaseline extends Omit<BaselinePlace, 'leg'> {
  spec: Baseline;
  leg: Leg;
  /** Number of the leg, as walked. */
  position: number;
  /** Place of the leg in the spec's path. */
  index: number;
  /** Steps to take in all. */
  steps: number;
}

/** How long a training is follows from its data. */
type Planning = Pick<RunContext, 'experiment' | 'dataSets'>;

/** The baselines of an experiment, in the order in which they run. */
export function baselinesOf({ experiment, dataSets }: Planning): PlannedBaseline[] {
  const { compare = [] } = experiment;
  const legs = plannedLegs(experiment);
  const objectives = legs.map(({ leg }) => leg.objective.type);
  return planBaselines(compare, objectives).flatMap(({ leg: position, ...place }) => {
    const [spec, walked] = [compare[place.item], legs[position]];
    if (!spec || !walked) return [];
    return [
      {
        ...place,
        ...walked,
        spec,
        position,
        steps: baselineSteps(spec, walked.leg, { experiment, dataSets }),
      },
    ];
  });
}

/** The data sets that are kept in the legs which a baseline comes from. */
export function knownBefore(plan: readonly PlannedBaseline[], number: number): Set<string> {
  const known = new Set<string>();
  for (let i = number; plan[i]?.begins === 'own'; i--)
    for (const name of [plan[i - 1]?.leg.keep.on ?? []].flat()) known.add(name);
  return known;
}

function baselineSteps(spec: Baseline, leg: Leg, { experiment, dataSets }: Planning): number {
  if (spec.type === 'independent_ensemble')
    return independentSteps(spec, leg, experiment, dataSets);
  const rounds = spec.type === 'lottery_ticket' ? spec.rounds : 1;
  return rounds * (spec.steps ?? stepsOf(leg));
}
