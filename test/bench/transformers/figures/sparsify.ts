import { percent, type Figure, type Row, type Spec, type Trial } from '../../method/figure';
import { adam, onYelp } from './data';

const TARGETS = [0.5, 0.6, 0.7, 0.8, 0.9];

/** Two passes over Yelp's sentences. */
const STEPS = 100;

const exact: Spec = {
  type: 'geodesic',
  steps: 16,
  samples: 24,
  iterations: 6,
  stiffness: 0.01,
};

const baseline: Spec = {
  type: 'magnitude_pruning',
  steps: STEPS,
  optimizer: adam(5e-5),
};

/** A pooler and a head of 1 % of the weights would be emptied first, as their weights are the smallest. */
const ENCODER: Spec = { include: ['bert.encoder*'] };

/** (b) Accuracy against sparsity, without labels and with them. */
export const sparsify: Figure = {
  name: 'sparsify',
  title:
    'MiniLM on Yelp sentences, test accuracy (%) at a sparsity among the weights of the encoder',
  trials: (seed) => TARGETS.map((target) => trial(seed, target)),
};

function trial(seed: number, target: number): Trial {
  const leg = {
    leg: 'prune',
    objective: { type: 'sparsify', target, ramp_from: 0.3, ...ENCODER },
    keep: { on: 'yelp', memory: 300 },
    solver: exact,
    checkpoint_every: 16,
  };
  return {
    start: onYelp(seed, 2),
    spec: { path: [leg], compare: [baseline] },
    rows: ({ start, legs: [pruned], baselines }) => [
      row('dense', start?.accuracy['yelp']),
      row(`${target}, magnitude alone`, pruned?.projected?.accuracy['yelp']),
      row(`${target}, exact, no labels`, pruned?.end.accuracy['yelp'], pruned?.seconds),
      ...baselines.map(({ end, seconds }) =>
        row(`${target}, magnitude + 2 epochs with labels`, end.accuracy['yelp'], seconds),
      ),
    ],
  };
}

const row = (name: string, accuracy: number | null | undefined, seconds?: number): Row => ({
  name,
  values: { accuracy: percent(accuracy), seconds },
});
