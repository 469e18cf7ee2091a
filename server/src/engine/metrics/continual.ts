import type {
  BaselineReport,
  Continual,
  LearntTask,
  LegReport,
  Metrics,
  TaskMatrix,
} from '../../protocol/generated';
import type { Experiment } from '../../spec/experiment';
import { learntBy, plannedLegs } from '../path/planned-legs';
import { taskMatrix } from './task-matrix';

/** What a report tells of a path. */
export interface Path {
  start?: Metrics | undefined;
  legs: readonly LegReport[];
  baselines: readonly BaselineReport[];
}

/** The number of classes of a data set that are its own; undefined where `accuracy_within` is not measured on it. */
export type OwnClassCount = (data: string) => number | undefined;

/** How the tasks of a path got on; undefined where it learns fewer than two, or has no first network yet. */
export function continualOf(
  experiment: Experiment,
  { start, legs, baselines }: Path,
  ownClassCount: OwnClassCount,
): Continual | undefined {
  const tasks = learntTasks(experiment);
  if (!start || tasks.filter(({ leg }) => leg !== 'start').length < 2) return undefined;
  const done = legs.filter(({ status }) => status === 'completed');
  const matrices = (ends: readonly Moment[]) =>
    matricesOf(experiment, tasks, [{ leg: 'start', end: start }, ...ends], ownClassCount);
  const names = [...new Set(baselines.map(({ baseline }) => baseline))];
  return {
    tasks,
    ...matrices(done),
    baselines: names.map((name) => ({
      baseline: name,
      ...matrices(baselines.filter(({ baseline }) => baseline === name)),
    })),
  };
}

interface Moment {
  leg: string;
  end: Metrics;
}

/** What the first network knows, and what each leg learns; a task that is learnt again counts once. */
function learntTasks(experiment: Experiment): LearntTask[] {
  const { start, path } = experiment;
  const known = start.train ? [start.train.on] : [path[0]?.keep.on ?? []].flat();
  const found = new Map(known.map((task) => [task, 'start']));
  for (const { leg } of plannedLegs(experiment)) {
    const task = learntBy(leg);
    if (task !== undefined && !found.has(task)) found.set(task, leg.leg);
  }
  return [...found].map(([task, leg]) => ({ task, leg }));
}

function matricesOf(
  { model }: Experiment,
  tasks: readonly LearntTask[],
  moments: readonly Moment[],
  ownClassCount: OwnClassCount,
): { accuracy: TaskMatrix; accuracy_within?: TaskMatrix } {
  const learnt = tasks.map(({ leg }) => leg);
  const matrix = (metric: 'accuracy' | 'accuracy_within', chance: readonly number[]) => {
    const rows = moments.map(({ leg, end }) => ({
      after: leg,
      values: tasks.map(({ task }) => end[metric]?.[task] ?? null),
    }));
    return taskMatrix(rows, learnt, chance);
  };
  const counts = tasks.flatMap(({ task }) => ownClassCount(task) ?? []);
  const within = counts.length === tasks.length;
  return {
    accuracy: matrix(
      'accuracy',
      learnt.map(() => 1 / model.classes),
    ),
    ...(within && {
      accuracy_within: matrix(
        'accuracy_within',
        counts.map((count) => 1 / count),
      ),
    }),
  };
}
