import { subLegs, tasksToLearn } from '../../protocol/sub-legs';
import { taskNames } from '../../protocol/task-sets';
import type { Experiment, Leg } from '../../spec/experiment';

/** A leg as it is walked: it learns one data set at most. */
export interface PlannedLeg {
  leg: Leg;
  /** Place of its leg in the spec's path. */
  index: number;
}

/** The legs of an experiment, in order. One that learns several tasks becomes one leg a task. */
export function plannedLegs(experiment: Experiment): PlannedLeg[] {
  const tasks = new Map(
    Object.entries(experiment.data).map(([name, data]) => [name, taskNames(name, data.tasks)]),
  );
  return experiment.path.flatMap((leg, index) =>
    legsOf(leg, tasks, experiment.start.train?.on).map((planned) => ({ leg: planned, index })),
  );
}

function legsOf(
  leg: Leg,
  tasks: ReadonlyMap<string, readonly string[]>,
  trained: string | undefined,
): Leg[] {
  const { objective, keep } = leg;
  if (objective.type !== 'learn') return [leg];
  const kept = [keep.on].flat();
  const had = trained === undefined ? kept : [trained, ...kept];
  const split = new Map([...tasks].filter(([, names]) => names.length > 0));
  const learns = tasksToLearn([objective.on].flat(), split, had);
  return subLegs(leg.leg, learns, kept).map(({ name, learns: on, kept: keepOn }) => ({
    ...leg,
    leg: name,
    objective: { ...objective, ...(on !== undefined && { on }) },
    keep: { ...keep, on: keepOn },
  }));
}

/** The data set that a planned leg learns; undefined where it learns none. */
export function learntBy({ objective }: Leg): string | undefined {
  return objective.type === 'learn' ? [objective.on].flat()[0] : undefined;
}
