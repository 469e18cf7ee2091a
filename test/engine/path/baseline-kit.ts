/** Small runs for the tests of baselines. */
import type { Baseline, Experiment, Leg } from '../../../server/src/spec/experiment';
import { adamDefaults } from '../optimizer-defaults';

const glyphs = {
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
  objective: {
    ...{ type: 'sparsify', target: 0.6, ramp: 0.8, ramp_from: 0.3 },
    ...{ scope: 'global', rank_by: 'magnitude' },
  },
  keep: { on: 'digits', distance: 'logits' },
  solver: {
    ...{ type: 'geodesic', steps: 6, samples: 80, stiffness: 1e-4, iterations: 8 },
    ...{ tolerance: 1e-3, correction: true, method: 'auto', refresh: 1 },
  },
};

export const learn: Leg = {
  leg: 'add',
  objective: { type: 'learn', on: 'letters', batch_size: 32, momentum: 0.9, replay: 0 },
  keep: { on: 'digits', memory: 60, distance: 'logits', augment: ['affine'] },
  solver: {
    ...{ type: 'penalty', steps: 6, weight: 0.02, reduction: 'mean', samples: 30 },
    optimizer: { ...adamDefaults, type: 'adam', learning_rate: 1e-2 },
  },
};

export const experiment = (path: Leg[], changes: Partial<Experiment> = {}): Experiment => ({
  fip: 1,
  name: 'test',
  seed: 5,
  backend: 'wasm',
  data: {
    digits: glyphs,
    letters: { ...glyphs, alphabet: 'letters', label_offset: 10 },
    turned: { ...glyphs, train: 200, label_offset: 20 },
  },
  model: { architecture: 'mlp', hidden: [24], activation: 'relu', classes: 30 },
  start: {
    train: {
      ...{ on: 'digits', epochs: 8, batch_size: 32 },
      optimizer: { ...adamDefaults, type: 'adam', learning_rate: 3e-3 },
    },
  },
  path,
  expect: [],
  ...changes,
});

/** Each baseline as the schema fills it in. */
export const baseline = {
  fine_tune: { type: 'fine_tune' },
  experience_replay: { type: 'experience_replay', weight: 1 },
  joint: { type: 'joint' },
  ewc: { type: 'ewc', weight: 400, fisher_samples: 200 },
  lwf: { type: 'lwf', weight: 1, temperature: 2 },
  lora: { type: 'lora', rank: 4, alpha: 8 },
  der: { type: 'der', alpha: 0.5, beta: 0.5 },
  ogd: { type: 'ogd', directions: 100 },
  magnitude_pruning: { type: 'magnitude_pruning' },
  lottery_ticket: { type: 'lottery_ticket', rounds: 5 },
} as const satisfies Record<string, Baseline>;
