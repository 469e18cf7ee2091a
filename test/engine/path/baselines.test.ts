/** Whole runs with baselines on small generated data: that they are fair, repeat, resume, stop and fail as promised. */
import { describe, expect, test } from 'vitest';
import type { EngineEvent } from '../../../server/src/engine/host';
import { runExperiment } from '../../../server/src/engine/run-experiment';
import { distance } from '../../../server/src/engine/vector';
import type { Baseline, Experiment, Leg } from '../../../server/src/spec/experiment';
import { adamDefaults, sgdDefaults } from '../optimizer-defaults';
import { essence, TestHost } from '../recording-host';
import { baseline, experiment, learn, prune } from './baseline-kit';

const run = async (spec: Experiment) => {
  const host = new TestHost();
  const report = await runExperiment(spec, host);
  return { host, report };
};

const ended = (events: readonly EngineEvent[]) =>
  events.filter((event) => event.event === 'baseline-ended');

/** Between the weights of two files. */
const distanceOf = (a: Float32Array[] = [], b: Float32Array[] = []) =>
  Math.sqrt(a.reduce((sum, part, i) => sum + distance(part, b[i] ?? part) ** 2, 0));

const everyLearner: Baseline[] = [
  baseline.fine_tune,
  baseline.experience_replay,
  baseline.joint,
  { ...baseline.ewc, fisher_samples: 6 },
  baseline.lwf,
  baseline.lora,
  baseline.der,
  { ...baseline.ogd, directions: 5 },
];
const everyPruner: Baseline[] = [
  baseline.magnitude_pruning,
  { ...baseline.lottery_ticket, rounds: 2 },
];

/** The same leg once more, on other data. */
const learnMore: Leg = {
  ...learn,
  leg: 'more',
  objective: { type: 'learn', on: 'turned', batch_size: 32, momentum: 0.9, replay: 0 },
  keep: { on: ['digits', 'letters'], memory: 40, distance: 'logits' },
};

describe('baselines', () => {
  test('run after the path beside the legs that they fit, and leave the path as it was', async () => {
    const plain = await run(experiment([learn, prune]));
    const compare = [...everyLearner, ...everyPruner];
    const { host, report } = await run(experiment([learn, prune], { compare }));
    expect(report.status).toBe('completed');
    expect(report.legs.map(({ end }) => end)).toEqual(plain.report.legs.map(({ end }) => end));
    expect(host.files.get('prune-end')).toEqual(plain.host.files.get('prune-end'));
    const told = report.baselines.map(({ baseline: name, leg, steps }) => [name, leg, steps]);
    expect(told).toEqual([
      ...everyLearner.map(({ type }) => [type, 'add', learn.solver.steps]),
      ['magnitude_pruning', 'prune', prune.solver.steps],
      ['lottery_ticket', 'prune', 2 * prune.solver.steps],
    ]);
    const started = host.events.find((event) => event.event === 'run-started');
    expect(started).toMatchObject({
      baselines: told.map(([name, leg, steps]) => ({ baseline: name, leg, steps })),
    });
    const kinds = host.events.map(({ event }) => event);
    expect(kinds.lastIndexOf('leg-ended')).toBeLessThan(kinds.indexOf('baseline-started'));
    expect(ended(host.events).map((event) => event.file)).toContain(
      'weights/add-fine_tune.safetensors',
    );
    for (const { end } of report.baselines.slice(-2)) expect(end.sparsity).toBeCloseTo(0.6, 3);
  });

  test('go on from their own network over legs in a row, and from the path where the leg before fits them not', async () => {
    const compare = [baseline.fine_tune];
    const row = await run(experiment([learn, learnMore], { compare }));
    const apart = await run(experiment([learn, prune, learnMore], { compare }));
    const moved = ({ host, report }: typeof row, from: string) => {
      const between = distanceOf(host.files.get(from), host.files.get('more-fine_tune'));
      return (report.baselines[1]?.end.weight_distance ?? NaN) / between;
    };
    expect(row.report.baselines.map(({ leg }) => leg)).toEqual(['add', 'more']);
    expect(moved(row, 'add-fine_tune')).toBeCloseTo(1, 5);
    expect(moved(apart, 'prune-end')).toBeCloseTo(1, 5);
    expect(moved(apart, 'add-fine_tune')).not.toBeCloseTo(1, 1);
  });

  test('forget without a memory, and keep more with one: accuracy on the first task', async () => {
    const long = { ...learn, solver: { ...learn.solver, steps: 80 } };
    const optimizer = { ...adamDefaults, type: 'adam' as const, learning_rate: 5e-3 };
    const compare = [baseline.fine_tune, baseline.experience_replay, baseline.joint].map(
      (each) => ({ ...each, optimizer }),
    );
    const { report } = await run(experiment([long], { compare }));
    const [alone, replayed, all] = report.baselines.map(({ end }) => end.accuracy);
    const before = report.start?.accuracy['digits'] ?? NaN;
    expect(alone?.['digits']).toBeLessThan(before - 0.4);
    expect(replayed?.['digits']).toBeGreaterThan((alone?.['digits'] ?? NaN) + 0.3);
    expect(all?.['digits']).toBeGreaterThan(replayed?.['digits'] ?? NaN);
    expect(alone?.['letters']).toBeGreaterThan(0.4);
  });

  test('beside a leg that is polished take as many steps as path and polish together', async () => {
    const optimizer = { ...adamDefaults, type: 'adam', learning_rate: 1e-3 } as const;
    const polish = { steps: 5, batch_size: 32, distance: 'kl', weight: 1, optimizer };
    const polished = { ...prune, objective: { ...prune.objective, polish } as Leg['objective'] };
    const { report } = await run(experiment([polished], { compare: [baseline.magnitude_pruning] }));
    expect(report.legs[0]?.steps).toBe(prune.solver.steps + 5);
    expect(report.baselines[0]?.steps).toBe(prune.solver.steps + 5);
  });

  test('take as many steps as the leg, or as they are told', async () => {
    const { report } = await run(
      experiment([learn], {
        compare: [baseline.joint, { ...baseline.fine_tune, steps: 3, name: 'short' }],
      }),
    );
    expect(report.baselines).toMatchObject([
      { baseline: 'joint', steps: learn.solver.steps },
      { baseline: 'short', steps: 3 },
    ]);
  });

  test('resume bit for bit from any saved state', async () => {
    const compare = [...everyLearner, ...everyPruner];
    const path = [learn, learnMore, prune];
    const whole = await run(experiment(path, { compare }));
    const { states } = whole.host;
    const first = states.findIndex(({ facts }) => 'compare' in (facts['record'] as object));
    expect(states.length - first).toBeGreaterThan(100);
    const every = Math.floor((states.length - first) / 12);
    const picked = Array.from({ length: 12 }, (_, i) => first + i * every);
    // In the middle of the path, too: the networks that baselines begin with must come along.
    for (const at of [first - 20, first - 14, ...picked, states.length - 1]) {
      const rest = new TestHost();
      const report = await runExperiment(experiment(path, { compare }), rest, states[at]);
      expect(report.status).toBe('completed');
      const tail = essence(rest.events);
      expect(tail).toEqual(essence(whole.host.events).slice(-tail.length));
      for (const [name, file] of rest.files) expect(file).toEqual(whole.host.files.get(name));
    }
  }, 60_000);

  test('stop within a step, also while they prepare, and go on to the same end', async () => {
    const compare: Baseline[] = [baseline.ogd, baseline.ewc];
    const whole = await run(experiment([learn], { compare }));
    const { states } = whole.host;
    const first = states.findIndex(({ facts }) => 'compare' in (facts['record'] as object));
    for (const stopAfter of [first, first + 2, first + 9]) {
      const stopped = new TestHost(stopAfter);
      const report = await runExperiment(experiment([learn], { compare }), stopped);
      expect(report.status).toBe('stopped');
      expect(report.legs.map(({ status }) => status)).toEqual(['completed']);
      const rest = new TestHost();
      const end = await runExperiment(
        experiment([learn], { compare }),
        rest,
        stopped.states.at(-1),
      );
      expect(end.status).toBe('completed');
      expect(end.baselines.map((each) => each.end)).toEqual(
        whole.report.baselines.map((each) => each.end),
      );
    }
  });

  test('that lose their numbers fail with a warning that names them; the run goes on', async () => {
    const wild = { ...sgdDefaults, type: 'sgd' as const, learning_rate: 1e30, momentum: 0 };
    const { host, report } = await run(
      experiment([learn, learnMore], {
        compare: [{ ...baseline.fine_tune, optimizer: wild }, baseline.joint],
      }),
    );
    expect(report.status).toBe('completed');
    expect(report.baselines.map((each) => each.baseline)).toEqual(['joint', 'joint']);
    const warnings = host.events.filter(
      (event) => event.event === 'warning' && event.code.startsWith('fip/baseline-'),
    );
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatchObject({
      code: 'fip/baseline-not-finite',
      pointer: '/compare/0',
      message: expect.stringContaining('`fine_tune`') as string,
    });
    expect(ended(host.events).map((event) => [event.baseline, event.report !== undefined])).toEqual(
      [
        ['fine_tune', false],
        ['fine_tune', false],
        ['joint', true],
        ['joint', true],
      ],
    );
  });
});
