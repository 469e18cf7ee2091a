import type { Metrics } from '../../../../server/src/protocol/generated';
import { percent, type Figure, type Row, type Spec, type Trial } from '../../method/figure';
import { adam, amazon, imdb, onYelp } from './data';

const MEMORIES = [100, 300];
/** Optimiser steps a task: three passes over its 800 sentences. */
const STEPS = 150;
const BATCH = 16;
const steps = adam(5e-5);

const penalty: Spec = {
  type: 'penalty',
  steps: STEPS,
  samples: BATCH,
  weight: 1,
  optimizer: steps,
};

interface Way {
  name: string;
  solver: Spec;
  augment?: string[];
  compare: Spec[];
}

/** The baselines are shared out among the runs, so that none takes too long. */
const WAYS: readonly Way[] = [
  {
    name: 'path, penalty',
    solver: penalty,
    compare: [{ type: 'fine_tune' }, { type: 'experience_replay' }],
  },
  {
    name: 'path, penalty, texts changed',
    solver: penalty,
    augment: ['drop', 'splice'],
    compare: [{ type: 'der' }, { type: 'lwf' }],
  },
  {
    name: 'path, exact',
    solver: { type: 'geodesic', steps: STEPS, samples: BATCH, iterations: 6 },
    compare: [1, 16].map((rank) => ({
      type: 'lora',
      name: `lora, rank ${rank}`,
      rank,
      alpha: 2 * rank,
      optimizer: adam(1e-3),
    })),
  },
];

/** (a) Three sites in a row on one head of six classes; nobody tells which site a sentence is of. */
export const learn: Figure = {
  name: 'learn',
  title:
    'MiniLM, Yelp, then IMDb, then Amazon sentences, one head of six classes: test accuracy (%)',
  trials: (seed) => MEMORIES.flatMap((memory) => WAYS.map((way) => trial(seed, memory, way))),
};

/** `drop` and the like are made of a memory: what is compared without one is run once. */
function trial(seed: number, memory: number, { name, solver, augment, compare }: Way): Trial {
  const keeps = memory === MEMORIES[0];
  const needsMemory = ({ type }: Spec) => type === 'experience_replay' || type === 'der';
  const compared = compare.filter((baseline) => keeps || needsMemory(baseline));
  const leg = {
    leg: 'sites',
    objective: { type: 'learn', on: ['imdb', 'amazon'], batch_size: BATCH },
    keep: { on: 'yelp', memory, ...(augment && { augment }) },
    solver,
    checkpoint_every: 50,
  };
  return {
    start: onYelp(seed, 6, { imdb: imdb(), amazon: amazon() }),
    spec: { path: [leg], ...(compared.length > 0 && { compare: compared }) },
    rows: ({ legs, baselines }) => {
      const last = legs.at(-1);
      const ends = baselines.filter(({ leg: of }) => of === last?.leg);
      return [
        ...(last ? [row(`${name}, ${memory}`, last.end, secondsOf(legs))] : []),
        ...ends.map(({ baseline, end }) => {
          const own = baselines.filter((other) => other.baseline === baseline);
          return row(`${baseline}, ${memory}`, end, secondsOf(own));
        }),
      ];
    },
  };
}

const secondsOf = (parts: readonly { seconds: number }[]) =>
  parts.reduce((sum, { seconds }) => sum + seconds, 0);

function row(name: string, { accuracy }: Metrics, seconds: number): Row {
  const sites = ['yelp', 'imdb', 'amazon'].map((site) => [site, percent(accuracy[site])] as const);
  const known = sites.flatMap(([, value]) => (typeof value === 'number' ? [value] : []));
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  return { name, values: { ...Object.fromEntries(sites), mean, seconds } };
}
