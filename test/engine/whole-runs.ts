/** Small specs of whole runs, and a host that keeps all that they tell in memory. */
import type { Experiment, Leg } from '../../server/src/spec/experiment';
import { adamDefaults } from './optimizer-defaults';
import { sparsifyDefaults } from './sparsify-defaults';

export const glyphs = {
  format: 'glyphs',
  train: 300,
  test: 100,
  size: 12,
  alphabet: 'digits',
  normalize: true,
  label_offset: 0,
} as const;
export const prune: Leg = {
  leg: 'prune',
  objective: { ...sparsifyDefaults, type: 'sparsify', target: 0.6, ramp: 0.8, ramp_from: 0.3 },
  keep: { on: 'digits', distance: 'logits' },
  solver: {
    type: 'geodesic',
    steps: 12,
    samples: 80,
    method: 'auto',
    refresh: 1,
    stiffness: 1e-4,
    iterations: 8,
    tolerance: 1e-3,
    correction: true,
  },
};
export const learn: Leg = {
  leg: 'add',
  objective: { type: 'learn', on: 'letters', batch_size: 32, momentum: 0.9, replay: 0 },
  keep: { on: 'digits', memory: 60, distance: 'logits' },
  solver: {
    ...prune.solver,
    type: 'geodesic',
    steps: 8,
    step_size: 1,
    stiffness: 0.03,
  } as Leg['solver'],
};
export const surrogate: Leg = {
  ...learn,
  leg: 'surrogate',
  solver: {
    type: 'penalty',
    steps: 8,
    weight: 0.02,
    reduction: 'mean',
    samples: 30,
    optimizer: { ...adamDefaults, type: 'adam', learning_rate: 1e-2 },
  },
};

export const experiment = (path: Leg[], changes: Partial<Experiment> = {}): Experiment => ({
  fip: 1,
  name: 'test',
  seed: 5,
  backend: 'wasm',
  data: { digits: glyphs, letters: { ...glyphs, alphabet: 'letters', label_offset: 10 } },
  model: { architecture: 'mlp', hidden: [24], activation: 'relu', classes: 20 },
  start: {
    train: {
      on: 'digits',
      epochs: 4,
      batch_size: 32,
      optimizer: { ...adamDefaults, type: 'adam', learning_rate: 3e-3 },
    },
  },
  path,
  expect: [],
  ...changes,
});
