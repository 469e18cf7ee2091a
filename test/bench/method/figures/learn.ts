import type { Metrics } from '../../../../server/src/protocol/generated';
import { percent, type Figure, type Row, type Spec, type Trial } from '../figure';
import { fashion, mnist } from './data';

const MEMORIES = [10, 50, 500];
/** Optimiser steps of the penalty and of every baseline. */
const STEPS = 1500;
const cosine = { type: 'adam', learning_rate: 1e-3, schedule: { type: 'cosine' } };

const SOLVERS: Record<string, Spec> = {
  penalty: { type: 'penalty', steps: STEPS, weight: 0.03, optimizer: cosine },
  exact: { type: 'geodesic', steps: 500, stiffness: 0.01, samples: 200, iterations: 6 },
};

const BASELINES = ['fine_tune', 'experience_replay', 'joint', 'ewc', 'lwf', 'lora', 'der'];

/** (b) A second task on one 20-way head, nobody tells which task a sample is of. */
export const learn: Figure = {
  name: 'learn',
  title: 'MNIST, then Fashion-MNIST, one 20-way head, LeNet-300-100: test accuracy (%)',
  trials: (seed) =>
    MEMORIES.flatMap((memory) =>
      [false, true].flatMap((augmented) =>
        Object.keys(SOLVERS).map((solver) => trial(seed, memory, augmented, solver)),
      ),
    ),
};

function trial(seed: number, memory: number, augmented: boolean, solver: string): Trial {
  const keep = { on: 'mnist', memory, ...(augmented && { augment: ['affine'] }) };
  const leg = {
    leg: 'fashion',
    objective: { type: 'learn', on: 'fashion' },
    keep,
    solver: SOLVERS[solver],
  };
  const compared = solver === 'penalty' && memory === 50;
  const name = (method: string) => `${method}, ${memory}${augmented ? ', affine' : ''}`;
  return {
    start: {
      seed,
      data: { mnist: mnist(), fashion: fashion({ label_offset: 10 }) },
      model: { architecture: 'lenet_300_100', classes: 20 },
      train: { on: 'mnist', epochs: 10 },
    },
    spec: { path: [leg], ...(compared && { compare: BASELINES }) },
    rows: ({ legs: [walked], baselines }) => [
      ...(walked ? [row(name(solver), walked)] : []),
      ...baselines.map((found) => row(name(found.baseline), found)),
    ],
  };
}

const row = (name: string, { end, seconds }: { end: Metrics; seconds: number }): Row => ({
  name,
  values: {
    mnist: percent(end.accuracy['mnist']),
    fashion: percent(end.accuracy['fashion']),
    seconds,
  },
});
