/** Whole runs on small generated data: what they emit, that they repeat, resume, stop and fail as promised. */
import { describe, expect, test } from 'vitest';
import type { EngineState } from '../../server/src/engine/host';
import { runExperiment } from '../../server/src/engine/run-experiment';
import type { Metrics } from '../../server/src/protocol/generated';
import type { Experiment, Leg, Optimizer, SgdOptimizer } from '../../server/src/spec/experiment';
import { sgdDefaults } from './optimizer-defaults';
import { essence, TestHost } from './recording-host';
import { experiment, learn, prune, surrogate } from './whole-runs';

const scheduled: SgdOptimizer = {
  ...sgdDefaults,
  type: 'sgd',
  learning_rate: 0.05,
  momentum: 0.9,
  nesterov: true,
  clip_gradient_norm: 1,
  schedule: { type: 'cosine', warmup: 3, final: 0.1 },
};

describe('a run', () => {
  test('emits its life in order and ends where it should', async () => {
    const host = new TestHost();
    const report = await runExperiment(experiment([learn, prune]), host);
    const kinds = host.events.map(({ event }) => event).filter((kind) => kind !== 'training');
    expect(kinds.slice(0, 4)).toEqual(['run-started', 'start-ended', 'leg-started', 'checkpoint']);
    expect(kinds.at(-1)).toBe('run-ended');
    expect(kinds.filter((kind) => kind === 'leg-ended')).toHaveLength(2);
    expect(report).toMatchObject({ status: 'completed', backend: 'wasm' });
    expect(report.legs[1]?.end.sparsity).toBeCloseTo(0.6, 3);
    expect(host.files.get('prune-end')?.[0]?.filter((w) => w === 0).length).toBeGreaterThan(100);
  });

  test('that cannot fit into the memory fails before it computes anything', async () => {
    const host = new TestHost();
    const wide: Experiment['model'] = {
      architecture: 'layers',
      layers: [
        {
          ...{ type: 'conv2d', filters: 100_000, kernel: 3, stride: 1, padding: 'same' },
          ...{ groups: 1, bias: true },
        },
        { type: 'global_average_pool' },
      ],
      classes: 20,
    };
    const report = await runExperiment(experiment([prune], { model: wide }), host);
    expect(host.events.map(({ event }) => event)).toEqual(['run-started', 'run-ended']);
    expect(report).toMatchObject({
      ...{ status: 'failed', code: 'fip/out-of-memory' },
      pointer: '/start/train/batch_size',
    });
  });

  test('keeps the function better than a projection without a path', async () => {
    const { legs } = await runExperiment(experiment([prune]), new TestHost());
    const moved = (metrics: (typeof legs)[0]['end'] | undefined) =>
      metrics?.output_distance?.['held_out'] ?? NaN;
    expect(moved(legs[0]?.end)).toBeLessThan(0.5 * moved(legs[0]?.projected));
  });

  test.each(['centred_logits', 'probabilities', 'fisher', 'bhattacharyya', 'kl'] as const)(
    'keeps the function by %s, too',
    async (distance) => {
      const keep = { ...prune.keep, distance };
      const solver = { ...prune.solver, stiffness: 1e-2 } as Leg['solver'];
      const report = await runExperiment(experiment([{ ...prune, keep, solver }]), new TestHost());
      const [leg] = report.legs;
      const moved = (metrics: Metrics | undefined) => metrics?.output_distance?.['held_out'] ?? NaN;
      expect(report.status).toBe('completed');
      expect(moved(leg?.end)).toBeLessThan(0.7 * moved(leg?.projected));
    },
  );

  test('learns the new task with either solver', async () => {
    for (const leg of [learn, surrogate]) {
      const longer = { ...leg, solver: { ...leg.solver, steps: 100 } };
      const report = await runExperiment(experiment([longer]), new TestHost());
      expect(report.start?.accuracy['letters']).toBeLessThan(0.05);
      expect(report.legs[0]?.end.accuracy['letters']).toBeGreaterThan(0.3);
    }
  });

  test('repeats bit for bit with the same seed, and differs with another', async () => {
    const run = async (seed: number) => {
      const host = new TestHost();
      await runExperiment(experiment([prune], { seed }), host);
      return host;
    };
    const [first, second, other] = [await run(5), await run(5), await run(6)];
    expect(essence(second.events)).toEqual(essence(first.events));
    expect(second.files).toEqual(first.files);
    expect(other.files.get('prune-end')).not.toEqual(first.files.get('prune-end'));
  });

  test('resumes bit for bit from any saved state', async () => {
    const path = [learn, surrogate, prune];
    const whole = new TestHost();
    await runExperiment(experiment(path), whole);
    const total = whole.states.length;
    expect(total).toBeGreaterThan(60);
    for (const at of [3, 20, 50, 54, 55, 60, 66, 70, total - 2, total - 1]) {
      const rest = new TestHost();
      await runExperiment(experiment(path), rest, whole.states[at]);
      expect(rest.events[0]?.event).toBe('run-resumed');
      const tail = essence(rest.events);
      expect(tail).toEqual(essence(whole.events).slice(-tail.length));
      expect(rest.files.get('prune-end') ?? whole.files.get('prune-end')).toEqual(
        whole.files.get('prune-end'),
      );
    }
  });

  test('resumes bit for bit in the middle of a schedule, with momentum and clipping', async () => {
    const host = async (optimizer: Optimizer, state?: EngineState) => {
      const train = { on: 'digits', epochs: 2, batch_size: 32, optimizer };
      const leg = { ...surrogate, solver: { ...surrogate.solver, optimizer } } as Leg;
      const found = new TestHost();
      await runExperiment(experiment([leg], { start: { train } }), found, state);
      return found;
    };
    const whole = await host(scheduled);
    const training = 2 * Math.ceil(300 / 32);
    expect(whole.states.length).toBeGreaterThan(training + surrogate.solver.steps);
    for (const at of [0, 1, 9, training - 2, training + 2, training + 6]) {
      const rest = await host(scheduled, whole.states[at]);
      expect(rest.files.get('surrogate-end')).toEqual(whole.files.get('surrogate-end'));
    }
    const { schedule: _schedule, ...constant } = scheduled;
    const { clip_gradient_norm: _norm, ...unclipped } = scheduled;
    for (const other of [constant, unclipped, { ...scheduled, nesterov: false }])
      expect((await host(other)).files.get('start')).not.toEqual(whole.files.get('start'));
  });

  test('stops within a step, says so, and goes on to the same end', async () => {
    const whole = new TestHost();
    await runExperiment(experiment([prune]), whole);
    const trained = whole.states.findIndex(
      ({ facts }) => (facts['record'] as { leg?: object }).leg,
    );
    for (const stopAfter of [5, trained + 4]) {
      const stopped = new TestHost(stopAfter);
      const report = await runExperiment(experiment([prune]), stopped);
      expect(report.status).toBe('stopped');
      expect(stopped.events.at(-1)).toMatchObject({ event: 'run-ended', status: 'stopped' });
      const rest = new TestHost();
      const end = await runExperiment(experiment([prune]), rest, stopped.states.at(-1));
      expect(end.status).toBe('completed');
      expect(rest.files.get('prune-end')).toEqual(whole.files.get('prune-end'));
    }
  });

  test.each([
    [
      'missing data',
      {
        data: {
          digits: {
            format: 'idx',
            images: '/nowhere/a',
            labels: '/nowhere/b',
            test_fraction: 0.2,
            normalize: true,
            label_offset: 0,
          },
        },
      },
      '/data/digits/images',
    ],
    [
      'labels outside the head',
      { model: { architecture: 'mlp', hidden: [4], activation: 'relu', classes: 10 } },
      '/data/letters',
    ],
    [
      'weights that are not there',
      { start: { weights: '/nowhere/w.safetensors' } },
      '/start/weights',
    ],
    [
      'a learning rate that diverges',
      {
        start: {
          train: {
            on: 'digits',
            epochs: 3,
            batch_size: 32,
            optimizer: { ...sgdDefaults, type: 'sgd', learning_rate: 1e20, momentum: 0 },
          },
        },
      },
      '/start/train/optimizer',
    ],
  ] as [string, Partial<Experiment>, string][])(
    'fails with a reason at its place: %s',
    async (_name, changes, pointer) => {
      const host = new TestHost();
      const report = await runExperiment(experiment([prune], changes), host);
      expect(report).toMatchObject({ status: 'failed', pointer });
      expect(report.reason?.length).toBeGreaterThan(20);
      expect(host.events[0]?.event).toBe('run-started');
      expect(host.events.at(-1)).toMatchObject({ event: 'run-ended', status: 'failed' });
    },
  );

  test('warns once where the path leaves the manifold', async () => {
    const wild: Leg = {
      ...learn,
      solver: { ...learn.solver, step_size: 30, stiffness: 1000 } as Leg['solver'],
    };
    const host = new TestHost();
    await runExperiment(experiment([wild]), host);
    const warnings = host.events.filter(({ event }) => event === 'warning');
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatchObject({ code: 'fip/off-manifold', pointer: '/path/0/solver' });
  });

  test('refuses a state of another version', async () => {
    const host = new TestHost();
    const report = await runExperiment(experiment([prune]), host, {
      facts: { record: { version: 0 } },
      tensors: [],
    });
    expect(report).toMatchObject({ status: 'failed', code: 'fip/state-version' });
  });
});
