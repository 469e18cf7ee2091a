/** Whole runs that make a network sparse, on small generated data. */
import { describe, expect, test } from 'vitest';
import type { EngineState } from '../../../server/src/engine/host';
import { runExperiment } from '../../../server/src/engine/run-experiment';
import type {
  Experiment,
  Leg,
  Polish,
  SparsifyObjective,
} from '../../../server/src/spec/experiment';
import { adamDefaults } from '../optimizer-defaults';
import { RecordingHost } from '../recording-host';
import { sparsifyDefaults } from '../sparsify-defaults';

const STEPS = 12;
const polish: Polish = {
  steps: 40,
  batch_size: 64,
  distance: 'kl',
  weight: 1,
  optimizer: { ...adamDefaults, type: 'adam', learning_rate: 3e-3 },
};
const prune = (objective: Partial<SparsifyObjective>): Leg => ({
  leg: 'prune',
  objective: { ...sparsifyDefaults, type: 'sparsify', ...objective },
  keep: { on: 'digits', distance: 'logits' },
  solver: {
    ...{ type: 'geodesic', steps: STEPS, samples: 80, stiffness: 1e-3, iterations: 8 },
    ...{ tolerance: 1e-3, correction: true, method: 'auto', refresh: 1 },
  },
});
const experiment = (leg: Leg): Experiment => ({
  ...{ fip: 1, name: 'test', seed: 5, backend: 'wasm', expect: [] },
  data: {
    digits: {
      ...{ format: 'glyphs', train: 300, test: 100, size: 12, alphabet: 'digits' },
      ...{ normalize: true, label_offset: 0 },
    },
  },
  model: { architecture: 'mlp', hidden: [24], activation: 'relu', classes: 10 },
  start: {
    train: {
      ...{ on: 'digits', epochs: 6, batch_size: 32 },
      optimizer: { ...adamDefaults, type: 'adam', learning_rate: 3e-3 },
    },
  },
  path: [leg],
});

async function run(leg: Leg, state?: EngineState) {
  const host = new RecordingHost();
  const report = await runExperiment(experiment(leg), host, state);
  return { host, report, end: host.files.get('prune-end') ?? [] };
}

const zerosIn = (values: Float32Array | undefined) =>
  (values ?? new Float32Array()).filter((value) => value === 0).length;

describe('a sparsify leg', () => {
  test('prunes the weights it is told to, and counts the target over them', async () => {
    const { end, report } = await run(prune({ target: 0.75, exclude: ['dense2'] }));
    expect(zerosIn(end[0])).toBe(0.75 * 144 * 24);
    expect(zerosIn(end[2])).toBe(0);
    expect(report.legs[0]?.end.sparsity).toBeCloseTo((0.75 * 144 * 24) / (144 * 24 + 240), 6);
  });

  test('prunes each layer by its share', async () => {
    const { end } = await run(prune({ target: 0.75, scope: 'layer' }));
    expect([zerosIn(end[0]), zerosIn(end[2])]).toEqual([0.75 * 144 * 24, 0.75 * 240]);
  });

  test('keeps a pattern at its end, also after a polish', async () => {
    const { end } = await run(prune({ pattern: '1:4', polish }));
    for (const values of [end[0], end[2]]) {
      expect(zerosIn(values)).toBe(0.75 * (values?.length ?? 0));
      for (let from = 0; from < (values?.length ?? 0); from += 4)
        expect(zerosIn(values?.subarray(from, from + 4))).toBe(3);
    }
  });

  test('ranks by the metric, and ends elsewhere', async () => {
    const [plain, ranked] = [
      await run(prune({ target: 0.8 })),
      await run(prune({ target: 0.8, rank_by: 'metric' })),
    ];
    expect(ranked.end).not.toEqual(plain.end);
    expect(ranked.report.legs[0]?.end.sparsity).toBeCloseTo(0.8, 3);
  });

  test('fails at a name that means no weight', async () => {
    const { report } = await run(prune({ target: 0.8, include: ['dense1', 'dense9'] }));
    expect(report).toMatchObject({
      ...{ status: 'failed', code: 'fip/unknown-weight' },
      pointer: '/path/0/objective/include/1',
    });
    expect(report.reason).toContain('`dense1.weight`, `dense2.weight`');
  });

  test('stays where it was before a layer would be empty, and says so once', async () => {
    const { host, end, report } = await run(prune({ target: 0.9998 }));
    const warnings = host.events.filter(({ event }) => event === 'warning');
    const codes = warnings.map((warning) => (warning.event === 'warning' ? warning.code : ''));
    expect(codes.filter((code) => code === 'fip/target-unreachable')).toHaveLength(1);
    expect(report.status).toBe('completed');
    const reached = report.legs[0]?.end.sparsity ?? 0;
    expect(reached).toBeGreaterThan(0.5);
    expect(reached).toBeLessThan(0.9998);
    for (const values of [end[0], end[2]]) expect(zerosIn(values)).toBeLessThan(values!.length);
    const warning = warnings.find((found) => 'code' in found && found.code.includes('target'));
    expect(warning).toMatchObject({
      pointer: '/path/0/objective/target',
      message: expect.stringContaining(`${(100 * reached).toFixed(2)} %`) as string,
    });
  });
});

const warningsOf = (host: RecordingHost, code: string) =>
  host.events.filter((event) => event.event === 'warning' && event.code === code);

describe('a ramp that ended early', () => {
  test('stays ended when the run is resumed, without another warning', async () => {
    const leg = prune({ target: 0.9998, rank_by: 'metric', polish });
    const whole = await run(leg);
    expect(warningsOf(whole.host, 'fip/target-unreachable')).toHaveLength(1);
    const states = whole.host.states.filter(({ facts }) => {
      const { leg: open } = facts['record'] as { leg?: { steps: number } };
      return (open?.steps ?? 0) >= STEPS - 2;
    });
    for (const state of [states[0], states[1], states.at(-1)]) {
      const rest = await run(leg, state);
      expect(rest.end).toEqual(whole.end);
      expect(warningsOf(rest.host, 'fip/target-unreachable')).toHaveLength(0);
    }
  });
});

describe('a polish', () => {
  const polished = prune({ target: 0.9, polish });

  test('leaves every zero at exactly zero, and moves the outputs nearer to the anchor', async () => {
    const { host, end, report } = await run(polished);
    const before = host.files.get(`prune-000${STEPS}`) ?? [];
    for (const i of [0, 2])
      before[i]?.forEach((value, j) => {
        if (value === 0) expect(end[i]?.[j]).toBe(0);
      });
    expect(zerosIn(end[0]) + zerosIn(end[2])).toBe(Math.round(0.9 * (144 * 24 + 240)));
    const distance = (step: number) => {
      const found = host.events.find((e) => e.event === 'checkpoint' && e.step === step);
      return found?.event === 'checkpoint' ? found.metrics.loss['digits'] : undefined;
    };
    expect(distance(STEPS + 40)).toBeLessThan(distance(STEPS) ?? 0);
    expect(report.legs[0]?.steps).toBe(STEPS + 40);
  });

  test('counts as steps of the leg in every event', async () => {
    const { host } = await run(polished);
    const totals = host.events.flatMap((e) => {
      if (e.event === 'run-started') return e.legs.map(({ steps }) => steps);
      return e.event === 'leg-started' || e.event === 'step' || e.event === 'checkpoint'
        ? [e.steps]
        : [];
    });
    expect(new Set(totals)).toEqual(new Set([STEPS + 40]));
    const steps = host.events.flatMap((e) => (e.event === 'step' ? [e.step] : []));
    expect(steps).toEqual(Array.from({ length: STEPS + 40 }, (_, i) => i + 1));
  });

  test('follows the penalty solver, too, and resumes with its own moments', async () => {
    const leg: Leg = {
      ...polished,
      solver: {
        ...{ type: 'penalty', steps: STEPS, weight: 1, reduction: 'mean', samples: 64 },
        optimizer: { ...adamDefaults, type: 'adam', learning_rate: 1e-3 },
      },
    };
    const whole = await run(leg);
    expect(whole.report.legs[0]).toMatchObject({ status: 'completed', steps: STEPS + 40 });
    expect(whole.report.legs[0]?.end.sparsity).toBeCloseTo(0.9, 3);
    const { states } = whole.host;
    for (const at of [states.length - 2, states.length - 4, states.length - 8])
      expect((await run(leg, states[at])).end).toEqual(whole.end);
  });

  test('with labels lowers the loss on them', async () => {
    const labels = { ...polish, labels: 'digits', weight: 0 };
    const { report } = await run(prune({ target: 0.95, polish: labels }));
    const plain = await run(prune({ target: 0.95 }));
    const loss = (found: typeof report) => found.legs[0]?.end.loss['digits'];
    expect(loss(report)).toBeLessThan(loss(plain.report) ?? 0);
  });

  test('resumes bit for bit from any saved state, ranked by the metric and with labels', async () => {
    const leg = prune({
      ...{ target: 0.9, rank_by: 'metric' },
      polish: { ...polish, labels: 'digits' },
    });
    const whole = await run(leg);
    const { states } = whole.host;
    const walked = states.findIndex(({ facts }) => (facts['record'] as { leg?: object }).leg);
    for (const at of [
      walked,
      walked + 3,
      walked + 7,
      walked + 12,
      walked + 13,
      states.length - 3,
    ]) {
      const rest = await run(leg, states[at]);
      expect(rest.end).toEqual(whole.end);
    }
  });

  test('resumes bit for bit where it was stopped between two saved states', async () => {
    const whole = await run(polished);
    const stopped = new RecordingHost();
    stopped.stopWhen = () => stopped.polls > STEPS + 6 + 60;
    await runExperiment(experiment(polished), stopped);
    const report = stopped.events.at(-1);
    expect(report).toMatchObject({ event: 'run-ended', status: 'stopped' });
    const steps = report?.event === 'run-ended' ? report.report.legs[0]?.steps : 0;
    expect(steps).toBeGreaterThan(STEPS);
    expect(steps).toBeLessThan(STEPS + 40);
    expect(((steps ?? 0) - STEPS) % 10).not.toBe(0);
    const rest = await run(polished, stopped.states.at(-1));
    expect(rest.end).toEqual(whole.end);
  });
});
