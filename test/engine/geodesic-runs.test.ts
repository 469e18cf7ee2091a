/** Whole legs of the geodesic solver: movements that stay at their budget, samples that are kept, and how legs fail. */
import { describe, expect, test } from 'vitest';
import type { EngineState } from '../../server/src/engine/host';
import { runExperiment } from '../../server/src/engine/run-experiment';
import type { GeodesicSolver, Leg } from '../../server/src/spec/experiment';
import { learnLeg, MemoryHost, pruneLeg, smallExperiment } from './memory-host';
import { essence } from './recording-host';
import { sgdDefaults } from './optimizer-defaults';

const withSolver = (leg: Leg, changes: Partial<GeodesicSolver>): Leg => ({
  ...leg,
  solver: { ...leg.solver, ...changes } as Leg['solver'],
});

async function walk(leg: Leg, state?: EngineState) {
  const host = new MemoryHost();
  const report = await runExperiment(smallExperiment([leg]), host, state);
  const steps = host.events.filter((event) => event.event === 'step');
  const warnings = host.events.filter((event) => event.event === 'warning');
  return { host, report, steps, warnings };
}

describe('a stiffness that adapts', () => {
  const leg = withSolver(learnLeg, {
    ...{ steps: 60, step_size: 0.5, stiffness: 'auto', movement: 1 },
  });

  test('brings the movement to its budget, with either method', async () => {
    for (const method of ['cg', 'gram'] as const) {
      const { steps } = await walk(withSolver(leg, { method, samples: 20 }));
      const last = steps.slice(-30).map(({ movement }) => movement ?? NaN);
      const mean = last.reduce((sum, value) => sum + value / last.length, 0);
      expect(mean).toBeGreaterThan(0.6);
      expect(mean).toBeLessThan(1.6);
      expect(new Set(steps.map(({ stiffness }) => stiffness)).size).toBeGreaterThan(10);
      const isDirect = steps.every(({ iterations }) => iterations === 0);
      expect(isDirect).toBe(method === 'gram');
    }
  });

  test('holds outputs more firmly for a smaller budget', async () => {
    const moved = async (movement: number) => {
      const { report } = await walk(withSolver(leg, { movement }));
      return report.legs[0]?.end.output_distance?.['memory'] ?? NaN;
    };
    expect(await moved(0.2)).toBeLessThan(0.6 * (await moved(2)));
  });
});

describe('a leg resumes bit for bit', () => {
  test.each<[string, Leg]>([
    ['with an adapted stiffness', withSolver(learnLeg, { stiffness: 'auto' })],
    [
      'within a group of steps on the same samples',
      withSolver(pruneLeg, { refresh: 4, method: 'cg' }),
    ],
    [
      'with both and a factorisation',
      withSolver(learnLeg, { refresh: 3, stiffness: 'auto', method: 'gram', samples: 9 }),
    ],
    [
      'with both on augmented samples',
      {
        ...withSolver(learnLeg, { refresh: 3, stiffness: 'auto' }),
        keep: { ...learnLeg.keep, augment: ['affine'] },
      },
    ],
  ])('%s', async (_name, leg) => {
    const whole = await walk(leg);
    for (const back of [3, 4, 5]) {
      const rest = await walk(leg, whole.host.states.at(-back));
      expect(rest.host.files.get(`weights/${leg.leg}-end.safetensors`)).toEqual(
        whole.host.files.get(`weights/${leg.leg}-end.safetensors`),
      );
      const [all, later] = [essence(whole.host.events), essence(rest.host.events)];
      expect(later.length).toBeGreaterThan(3);
      expect(all.slice(-later.length + 1)).toEqual(later.slice(1));
    }
  });
});

describe('samples that are kept', () => {
  test('let conjugate gradients go on where they stopped', async () => {
    const options = { method: 'cg', iterations: 4, tolerance: 0 } as const;
    const residuals = async (refresh: number) => {
      const { steps } = await walk(withSolver(learnLeg, { ...options, refresh }));
      return steps.map(({ residual }) => residual ?? NaN);
    };
    const [anew, kept] = [await residuals(1), await residuals(4)];
    expect(kept[0]).toBe(anew[0]);
    expect(kept[1]).toBeLessThan(anew[1] ?? 0);
    expect(kept).not.toEqual(anew);
  });
});

describe('a movement that a spec bounds', () => {
  test('is told of every step, and bounds none that is small', async () => {
    const free = await walk(learnLeg);
    const bounded = await walk(withSolver(learnLeg, { movement: 1e6 }));
    expect(free.steps[0]).not.toHaveProperty('movement');
    for (const step of bounded.steps) {
      expect(step).toMatchObject({ stiffness: 1e-4, halvings: 0 });
      expect(step.movement).toBeGreaterThan(0);
    }
  });

  test('leaves steps out that go much too far, and says so once', async () => {
    const { steps, warnings, report, host } = await walk(
      withSolver(learnLeg, { movement: 1e-7, stiffness: 1, correction: false }),
    );
    expect(report.status).toBe('completed');
    for (const step of steps) expect(step).toMatchObject({ length: 0, movement: 0, halvings: 3 });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatchObject({
      ...{ code: 'fip/step-rejected', pointer: '/path/0/solver', step: 1 },
      message: expect.stringContaining('it was not taken. Make `step_size`') as string,
    });
    expect(host.files.get('weights/add-end.safetensors')).toEqual(
      host.files.get('weights/start.safetensors'),
    );
  });

  test('halves steps that go too far', async () => {
    const long = { stiffness: 10, step_size: 2, correction: false } as const;
    const free = await walk(withSolver(learnLeg, { ...long, movement: 1e9 }));
    const first = free.steps[0]?.movement ?? NaN;
    const halved = await walk(withSolver(learnLeg, { ...long, movement: first / 6 }));
    const { halvings = 0, length, movement } = halved.steps[0]!;
    expect(halvings).toBeGreaterThan(0);
    expect(length).toBeCloseTo((free.steps[0]?.length ?? NaN) / 2 ** halvings, 5);
    expect(movement).toBeLessThan((4 * first) / 6);
  });
});

describe('a leg that diverges', () => {
  test.each<[string, Leg, RegExp]>([
    [
      'by steps that are too long',
      withSolver(learnLeg, { step_size: 1e18, stiffness: 1000, correction: false }),
      /^At step [1-7] of leg `add`, the (loss|kept outputs|step).* no longer finite.*[Mm]ake `step_size` smaller/,
    ],
    [
      'by a learning rate that is too high',
      {
        ...learnLeg,
        solver: {
          ...({ type: 'penalty', steps: 7, weight: 1, samples: 30, reduction: 'mean' } as const),
          optimizer: { ...sgdDefaults, type: 'sgd', learning_rate: 1e12, momentum: 0 },
        },
      },
      /^At step [1-7] of leg `add`, the (loss|kept outputs|step).* no longer finite.*lower `learning_rate`/,
    ],
  ])('%s stops, names the step, and keeps its last good checkpoint', async (_name, leg, reason) => {
    const { report, host } = await walk(leg);
    expect(report).toMatchObject({ status: 'failed', code: 'fip/not-finite' });
    expect(report.pointer).toMatch(/^\/path\/0\/solver\//);
    expect(report.reason).toMatch(reason);
    const failed = Number(/step (\d+)/.exec(report.reason ?? '')?.[1]);
    const files = [...host.files.keys()].filter((name) => name.startsWith('weights/add-'));
    expect(files.length).toBeLessThan(failed);
    for (const name of files)
      for (const { values } of host.files.get(name) ?? [])
        expect(values.every((value) => Number.isFinite(value))).toBe(true);
    expect(JSON.stringify(report.legs)).not.toContain('"held_out":null');
  });
});
