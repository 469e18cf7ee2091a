/** Zeros that a `sparsify` leg has made, in the legs after it. */
import { describe, expect, test } from 'vitest';
import type { EngineState } from '../../../server/src/engine/host';
import { withHeldZeros, zerosAfter } from '../../../server/src/engine/path/held-zeros';
import { keepFunction } from '../../../server/src/engine/path/kept-function';
import { createObjective } from '../../../server/src/engine/path/objectives/create-objective';
import { createSolver } from '../../../server/src/engine/path/solvers/create-solver';
import { runExperiment } from '../../../server/src/engine/run-experiment';
import type {
  Baseline,
  GeodesicSolver,
  Leg,
  Optimizer,
  SparsifyObjective,
} from '../../../server/src/spec/experiment';
import { minus, norm, relativeError, times, transposed } from '../dense-algebra';
import { adamDefaults, sgdDefaults } from '../optimizer-defaults';
import { essence, TestHost } from '../recording-host';
import { batchJacobian, forward } from '../reference-mlp';
import { experiment, learn, prune, surrogate } from '../whole-runs';
import { baseline } from './baseline-kit';
import * as tiny from './tiny-baselines';

const sgd: Optimizer = { ...sgdDefaults, type: 'sgd', learning_rate: 0.05, momentum: 0.9 };
const optimizers: Record<string, Optimizer> = {
  'sgd with momentum, decay and clipping': {
    ...sgd,
    ...{ nesterov: true, weight_decay: 0.01, clip_gradient_norm: 0.5 },
  },
  adam: { ...adamDefaults, type: 'adam', learning_rate: 1e-2 },
  adamw: { ...adamDefaults, type: 'adamw', learning_rate: 1e-2, weight_decay: 0.1 },
  normalised: { type: 'normalised', learning_rate: 0.1 },
};
const quick: Leg = { ...prune, solver: { ...prune.solver, steps: 4 } };
const penalised = (optimizer: Optimizer): Leg => ({
  ...surrogate,
  leg: 'add',
  solver: { ...surrogate.solver, steps: 4, optimizer } as Leg['solver'],
});
const geodesic = (method: GeodesicSolver['method'], samples: number): Leg => ({
  ...learn,
  solver: { ...learn.solver, steps: 4, method, samples } as Leg['solver'],
});

async function run(path: Leg[], compare: Baseline[] = [], state?: EngineState) {
  const host = new TestHost();
  const report = await runExperiment(experiment(path, { compare }), host, state);
  return { host, report };
}

/** How many zeros of a network another one has not, and how many of its other weights are the same. */
function compared(before: Float32Array[] | undefined, after: Float32Array[] | undefined) {
  const [a, b] = [before ?? [], after ?? []].map((parts) => parts.flatMap((part) => [...part]));
  const count = (test: (value: number, i: number) => boolean) => a!.filter(test).length;
  expect(a!.length).toBe(b!.length);
  return {
    zeros: count((value) => value === 0),
    lost: count((value, i) => value === 0 && b![i] !== 0),
    same: count((value, i) => value !== 0 && b![i] === value),
  };
}

const legs: [string, Leg][] = [
  ['a geodesic by conjugate gradients', geodesic('cg', 20)],
  ['a geodesic by a factorisation', geodesic('gram', 4)],
  ['a geodesic held to a movement', { ...geodesic('auto', 20), zeros: 'hold' }],
  ...Object.entries(optimizers).map(([name, optimizer]): [string, Leg] => [
    `a penalty with ${name}`,
    penalised(optimizer),
  ]),
];

describe('after a sparsify leg', () => {
  test.each(legs)('%s moves the other weights, and no zero', async (_, leg) => {
    const { host, report } = await run([quick, leg]);
    expect(report.status).toBe('completed');
    const { zeros, lost, same } = compared(host.files.get('prune-end'), host.files.get('add-end'));
    expect(zeros).toBeGreaterThan(0.59 * (144 * 24 + 24 * 20));
    expect(lost).toBe(0);
    // Hidden units that no sample of a step turns on stay where they are.
    expect(same).toBeLessThan(0.4 * zeros);
    expect(report.legs[1]?.end.sparsity).toBe(report.legs[0]?.end.sparsity);
    expect(report.legs[1]?.end.weight_distance).toBeGreaterThan(0);
  });

  test('`zeros: free` moves them, and a leg after it finds none to hold', async () => {
    const free: Leg = { ...penalised(optimizers['adam']!), zeros: 'free' };
    const { report } = await run([quick, free, { ...penalised(sgd), leg: 'more' }]);
    const [, loose, after] = report.legs.map(({ end }) => end.sparsity ?? 0);
    expect(loose).toBeLessThan(0.3);
    expect(after).toBeLessThanOrEqual(loose!);
  });

  test('an N:M pattern, a polish and a second sparsify leg go together', async () => {
    const pattern: SparsifyObjective = { ...(quick.objective as SparsifyObjective) };
    delete pattern.target;
    const first: Leg = { ...quick, objective: { ...pattern, pattern: '2:4', include: ['dense1'] } };
    const second: Leg = {
      ...quick,
      leg: 'prune-more',
      objective: {
        ...(quick.objective as SparsifyObjective),
        ...{ target: 0.5, include: ['dense2'] },
        polish: {
          ...{
            steps: 3,
            batch_size: 32,
            distance: 'kl',
            weight: 1,
            optimizer: optimizers['adam']!,
          },
        },
      },
    };
    const { host, report } = await run([first, penalised(sgd), second]);
    const end = host.files.get('prune-more-end');
    expect(compared(host.files.get('prune-end'), end).lost).toBe(0);
    const rows = end?.[0] ?? new Float32Array();
    for (let from = 0; from < rows.length; from += 4)
      expect(rows.subarray(from, from + 4).filter((value) => value !== 0)).toHaveLength(2);
    expect(report.legs[2]?.end.sparsity).toBeCloseTo(0.5, 6);
  });

  test('a second ramp goes on where the first one ended', async () => {
    const objective = { ...(quick.objective as SparsifyObjective), target: 0.9, ramp: 1 };
    const { host } = await run([quick, { ...quick, leg: 'more', objective, checkpoint_every: 1 }]);
    const sparsities = host.events.flatMap((event) =>
      event.event === 'checkpoint' && event.leg === 'more' ? [event.metrics.sparsity ?? 0] : [],
    );
    // A third of 0.4 / 0.1 at a step: what is left falls geometrically from the first step's aim to the last one's.
    const expected = [0, 0, 1, 2, 3].map((step) => 1 - 0.4 * 0.25 ** (step / 3));
    expect(sparsities).toHaveLength(5);
    sparsities.forEach((sparsity, i) => expect(sparsity).toBeCloseTo(expected[i]!, 3));
  });

  test('a run resumes with them bit for bit, and so do baselines beside it', async () => {
    const path = [quick, geodesic('auto', 20)];
    const compare = [baseline.fine_tune, baseline.lora];
    const whole = await run(path, compare);
    const { states } = whole.host;
    expect(whole.report.baselines).toHaveLength(2);
    for (const share of [0.6, 0.75, 0.9]) {
      const state = states[Math.floor(share * states.length)]!;
      const rest = await run(path, compare, state);
      expect(rest.report.status).toBe('completed');
      for (const [name, values] of rest.host.files)
        expect(values, name).toEqual(whole.host.files.get(name));
      const told = essence(whole.host.events);
      const again = essence(rest.host.events);
      expect(again.at(-2)).toEqual(told.at(-2));
    }
  });

  const beside = (
    ['fine_tune', 'experience_replay', 'joint', 'ewc', 'lwf', 'lora', 'der', 'ogd'] as const
  ).map((name) => baseline[name]);
  test('baselines hold them, too, also from leg to leg', async () => {
    const add = penalised(optimizers['adam']!);
    const again: Leg = { ...add, leg: 'again' };
    const { host, report } = await run([quick, add, again], beside);
    expect(report.baselines).toHaveLength(2 * beside.length);
    for (const { baseline: name, leg, end } of report.baselines) {
      expect(end.sparsity, name).toBe(report.legs[0]?.end.sparsity);
      const file = host.files.get(`${leg}-${name}`);
      const { lost, same, zeros } = compared(host.files.get('prune-end'), file);
      expect([name, lost]).toEqual([name, 0]);
      expect(same).toBeLessThan(0.4 * zeros);
    }
    const loose = await run([quick, { ...add, zeros: 'free' }], [baseline.fine_tune]);
    expect(loose.report.baselines[0]?.end.sparsity).toBeLessThan(0.3);
  });
});

test('zeros of the first network are held once a leg has pruned their array', () => {
  const { layout } = tiny;
  const [first, , second] = layout.entries;
  const weights = new Float32Array(layout.size).fill(1);
  weights[first!.offset] = weights[second!.offset] = 0;
  const objective = { ...(quick.objective as SparsifyObjective), include: ['dense1'] };
  const made = zerosAfter({ ...quick, objective }, 0, layout, undefined, weights);
  expect(made?.indexOf(1)).toBe(first!.offset);
  expect(made?.filter((value) => value === 1)).toHaveLength(1);
  expect(zerosAfter(penalised(sgd), 0, layout, undefined, weights)).toBeUndefined();
  const { free } = withHeldZeros(tiny.context, penalised(sgd), made, weights);
  expect(free?.indexOf(0)).toBe(first!.offset);
  expect(free?.filter((value) => value === 0)).toHaveLength(1);
  weights[first!.offset] = 2;
  expect(withHeldZeros(tiny.context, penalised(sgd), made, weights).free).toBeUndefined();
  expect(zerosAfter(penalised(sgd), 1, layout, made, weights)).toBeUndefined();
});

test('penalty steps with held zeros equal those in float64 of the weights that are left', async () => {
  const { network, layout, dataSets, SIDE, HIDDEN, CLASSES } = tiny;
  const optimizer = { ...sgd, weight_decay: 0.1 } as const;
  const leg: Leg = {
    ...tiny.learnAll,
    solver: { ...tiny.learnAll.solver, optimizer } as Leg['solver'],
  };
  const random = tiny.random;
  const free = Float32Array.from({ length: layout.size }, () => (random.next() < 0.6 ? 0 : 1));
  const start = tiny.anchor.map((value, i) => value * (free[i] ?? 0));
  const context = { ...tiny.context, free };
  const kept = await keepFunction(leg, 0, start, context);
  const solver = createSolver(leg, 0, context);
  const objective = createObjective(leg, 0, context);
  const found = start.slice();
  for (let step = 0; step < 4; step++) {
    const { theta } = await solver.step(found, step, objective, kept);
    theta.forEach((value, i) => (found[i] = (found[i] ?? 0) + value));
  }

  const net = { sizes: [SIDE * SIDE, HIDDEN, CLASSES], activation: 'relu' } as const;
  const rowsOf = (inputs: Float32Array) =>
    Array.from({ length: inputs.length / network.inputs }, (_, i) =>
      Array.from(inputs.subarray(i * network.inputs, (i + 1) * network.inputs)),
    );
  const { train } = dataSets.get('letters')!;
  const [task, memory] = [rowsOf(train.inputs), rowsOf(kept.memory.inputs)];
  let w = Array.from(start);
  const momentum = w.map(() => 0);
  const held = memory.map((x) => forward(net, w, x));
  for (let step = 0; step < 4; step++) {
    const slopes = task.flatMap((x, n) => {
      const logits = forward(net, w, x);
      const sum = logits.reduce((total, logit) => total + Math.exp(logit), 0);
      return logits.map(
        (logit, k) => (Math.exp(logit) / sum - (train.labels[n] === k ? 1 : 0)) / task.length,
      );
    });
    const pulls = memory.flatMap((x, n) =>
      minus(forward(net, w, x), held[n]!).map((d) => (2 * 0.5 * d) / memory.length),
    );
    const gradient = times(transposed(batchJacobian(net, w, task)), slopes);
    const pull = times(transposed(batchJacobian(net, w, memory)), pulls);
    w = w.map((value, i) => {
      if (free[i] === 0) return 0;
      const slope = gradient[i]! + pull[i]! + 0.1 * value;
      momentum[i] = 0.9 * momentum[i]! + slope;
      return value - 0.05 * momentum[i];
    });
  }
  expect(relativeError(found, w)).toBeLessThan(1e-5);
  expect(norm(minus(w, start))).toBeGreaterThan(0.05);
  found.forEach((value, i) => {
    if (free[i] === 0) expect(value).toBe(0);
  });
});
