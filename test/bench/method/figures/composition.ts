import { percent, type Figure, type Spec, type Trial } from '../figure';
import { fashion, mnist } from './data';

const SPARSITIES = [0.5, 0.8, 0.9, 0.95];

/** (e) Learn, then prune, and prune, then learn. */
export const composition: Figure = {
  name: 'composition',
  title: 'Both orders of composition, MNIST and Fashion-MNIST, LeNet-300-100: test accuracy (%)',
  trials: (seed) =>
    SPARSITIES.flatMap((target) => [
      trial(seed, `learn, then prune to ${target}`, [learn('mnist'), prune(target, true)]),
      trial(seed, `prune to ${target}, then learn`, [prune(target, false), learn('mnist')]),
    ]),
};

const learn = (on: string): Spec => ({
  leg: 'learn',
  objective: { type: 'learn', on: 'fashion' },
  keep: { on, memory: 500, augment: ['affine'] },
  solver: {
    type: 'penalty',
    steps: 2000,
    weight: 0.03,
    optimizer: { type: 'adam', schedule: { type: 'cosine' } },
  },
});

const prune = (target: number, both: boolean): Spec => ({
  leg: 'prune',
  objective: { type: 'sparsify', target },
  keep: { on: both ? ['mnist', 'fashion'] : 'mnist' },
  solver: { type: 'geodesic', steps: 60, samples: 1000 },
});

function trial(seed: number, name: string, path: Spec[]): Trial {
  return {
    start: {
      seed,
      data: { mnist: mnist(), fashion: fashion({ label_offset: 10 }) },
      model: { architecture: 'lenet_300_100', classes: 20 },
      train: { on: 'mnist', epochs: 10 },
    },
    spec: { path },
    rows: ({ legs }) => {
      const end = legs.at(-1)?.end;
      const seconds = legs.reduce((sum, leg) => sum + leg.seconds, 0);
      const { mnist: first, fashion: second } = end?.accuracy ?? {};
      const sparsity = percent(end?.sparsity);
      return [
        { name, values: { mnist: percent(first), fashion: percent(second), sparsity, seconds } },
      ];
    },
  };
}
