import type { LegReport } from '../../../../server/src/protocol/generated';
import { percent, type Figure, type Row, type Spec, type Trial } from '../figure';
import { lenetOnMnist } from './data';

const TARGETS = [0.8, 0.9, 0.95, 0.98, 0.99];

const exact: Spec = { type: 'geodesic', steps: 60, samples: 1000 };
const surrogate: Spec = {
  type: 'penalty',
  steps: 1000,
  samples: 200,
  weight: 10,
  optimizer: { type: 'sgd', learning_rate: 0.01 },
};

/** (a) Accuracy against sparsity. */
export const sparsify: Figure = {
  name: 'sparsify',
  title: 'LeNet-300-100 on MNIST, test accuracy (%) at a sparsity',
  trials: (seed) =>
    TARGETS.flatMap((target) => [
      trial(seed, target, 'exact', {}, exact),
      trial(seed, target, 'surrogate', {}, surrogate),
    ]),
};

function trial(seed: number, target: number, method: string, more: Spec, solver: Spec): Trial {
  const start = lenetOnMnist(seed);
  const objective = { type: 'sparsify', target, ...more };
  const leg = { leg: 'prune', objective, keep: { on: 'mnist' }, solver };
  return {
    start,
    spec: { path: [leg] },
    rows: ({ legs: [pruned] }) => (pruned ? [row(`${method}, ${target}`, pruned)] : []),
  };
}

const row = (name: string, { end, seconds }: LegReport): Row => ({
  name,
  values: { accuracy: percent(end.accuracy['mnist']), seconds },
});
