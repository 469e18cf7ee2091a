import type { Report } from '../../../../server/src/protocol/generated';
import { percent, type Figure, type Row, type Spec, type Trial } from '../figure';
import { mean } from '../statistics';
import { mnist } from './data';

const BASELINES = ['fine_tune', 'experience_replay', 'joint', 'ewc', 'lwf', 'der'];
const adam = { type: 'adam', learning_rate: 1e-3, schedule: { type: 'linear' } };

interface Setting {
  name: string;
  tasks: Spec;
  classes: number;
  count: number;
}

const SETTINGS: readonly Setting[] = [
  { name: 'class-incremental', tasks: { by: 'classes', count: 5 }, classes: 10, count: 5 },
  {
    name: 'domain-incremental',
    tasks: { by: 'classes', count: 5, labels: 'shared' },
    classes: 2,
    count: 5,
  },
  { name: 'permuted', tasks: { by: 'permutation', count: 10 }, classes: 10, count: 10 },
];

/** (c) Many tasks in a row. */
export const continual: Figure = {
  name: 'continual',
  title: 'Split and permuted MNIST, MLP 400-400: accuracy (%) on all tasks after the last',
  trials: (seed) =>
    SETTINGS.flatMap((setting) =>
      [10, 50].flatMap((perClass) => [
        trial(seed, setting, perClass, 'penalty'),
        trial(seed, setting, perClass, 'exact'),
      ]),
    ),
};

const SOLVERS = (perClass: number): Record<string, Spec> => ({
  penalty: {
    type: 'penalty',
    steps: 500,
    weight: perClass > 10 ? 0.03 : 0.1,
    optimizer: adam,
  },
  exact: {
    type: 'geodesic',
    steps: 300,
    step_size: 0.4,
    stiffness: 0.1,
    samples: 200,
    iterations: 6,
  },
});

function trial(seed: number, setting: Setting, perClass: number, solver: string): Trial {
  const tasks = Array.from({ length: setting.count }, (_, index) => `mnist-${index + 1}`);
  const leg = {
    leg: 'tasks',
    objective: { type: 'learn', on: tasks.slice(1) },
    keep: { on: 'mnist-1', memory: { per_class: perClass }, augment: ['affine'] },
    solver: SOLVERS(perClass)[solver],
  };
  const name = (method: string) => `${setting.name}, ${perClass} a class, ${method}`;
  return {
    start: {
      seed,
      data: { mnist: mnist({ tasks: setting.tasks }) },
      model: { architecture: 'mlp', hidden: [400, 400], classes: setting.classes },
      train: { on: 'mnist-1', epochs: 4 },
    },
    spec: { path: [leg], ...(solver === 'penalty' && { compare: BASELINES }) },
    rows: (report) => rowsOf(report, tasks, name, solver),
  };
}

function rowsOf(
  { legs, baselines }: Report,
  tasks: readonly string[],
  name: (method: string) => string,
  solver: string,
): Row[] {
  const last = legs.at(-1);
  const ends = baselines.filter(({ leg }) => leg === last?.leg);
  const row = (method: string, accuracy: Record<string, number | null>, seconds: number): Row => ({
    name: name(method),
    values: { accuracy: percent(mean(tasks.map((task) => accuracy[task] ?? Number.NaN))), seconds },
  });
  const seconds = (all: readonly { seconds: number }[]) =>
    all.reduce((sum, part) => sum + part.seconds, 0);
  return [
    ...(last ? [row(solver, last.end.accuracy, seconds(legs))] : []),
    ...ends.map(({ baseline, end }) =>
      row(
        baseline,
        end.accuracy,
        seconds(baselines.filter((other) => other.baseline === baseline)),
      ),
    ),
  ];
}
