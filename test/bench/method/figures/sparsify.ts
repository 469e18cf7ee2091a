import type { BaselineReport, LegReport } from '../../../../server/src/protocol/generated';
import { percent, type Figure, type Row, type Spec, type Trial } from '../figure';
import { lenetOnMnist } from './data';

const TARGETS = [0.8, 0.9, 0.95, 0.98, 0.99];
/** The surrogate is far behind beyond the first of these, and slow. */
const SURROGATE_TARGETS = [0.8, 0.95];
/** Sparsities at which lottery tickets were published. */
const PUBLISHED = [0.93, 0.972];

const exact: Spec = { type: 'geodesic', steps: 40, samples: 500 };
/** As the authors' code steps, for which they take 0.01 and 0.1. */
const surrogate: Spec = {
  type: 'penalty',
  steps: 2000,
  samples: 200,
  weight: 0.1,
  optimizer: { type: 'normalised', learning_rate: 0.01 },
};
const byLoss: Spec = { rank_by: 'metric' };
/** The optimiser of a polish. */
const optimizer: Spec = { type: 'adam', learning_rate: 0.005, schedule: { type: 'cosine' } };
/** Both use labels, and take as many steps as path and polish, the tickets in each of ten rounds. */
const BASELINES = [
  { type: 'magnitude_pruning', optimizer },
  { type: 'lottery_ticket', rounds: 10, optimizer },
];

/** (a) Accuracy against sparsity. */
export const sparsify: Figure = {
  name: 'sparsify',
  title: 'LeNet-300-100 on MNIST, test accuracy (%) at a sparsity',
  trials: (seed) => [
    ...TARGETS.flatMap((target) => [
      trial(seed, target, 'exact', byLoss, exact),
      trial(seed, target, 'exact, polished', { ...byLoss, polish: { steps: 500 } }, exact, true),
    ]),
    ...SURROGATE_TARGETS.map((target) => trial(seed, target, 'surrogate', {}, surrogate)),
    ...[...TARGETS, ...PUBLISHED].map((target) => {
      const polish = { steps: 2000, labels: 'mnist' };
      return trial(seed, target, 'exact, polished with labels', { ...byLoss, polish }, exact);
    }),
  ],
};

function trial(
  seed: number,
  target: number,
  method: string,
  more: Spec,
  solver: Spec,
  compared = false,
): Trial {
  const start = lenetOnMnist(seed);
  const objective = { type: 'sparsify', target, ...more };
  const leg = { leg: 'prune', objective, keep: { on: 'mnist' }, solver };
  return {
    start,
    spec: { path: [leg], ...(compared && { compare: BASELINES }) },
    rows: ({ legs: [pruned], baselines }) => [
      ...(pruned ? [row(`${method}, ${target}`, pruned)] : []),
      ...baselines.map((found) => row(`${found.baseline}, ${target}`, found)),
    ],
  };
}

const row = (name: string, { end, seconds }: LegReport | BaselineReport): Row => ({
  name,
  values: { accuracy: percent(end.accuracy['mnist']), seconds },
});
