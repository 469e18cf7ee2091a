/** Steps that are cut to a budget of movement, and the stiffness that follows it. */
import { describe, expect, test } from 'vitest';
import { AdaptiveStiffness } from '../../../server/src/engine/path/solvers/stiffness';
import {
  keepToBudget,
  type MovementMeter,
} from '../../../server/src/engine/path/solvers/trust-region';
import { runExperiment } from '../../../server/src/engine/run-experiment';
import type { Leg } from '../../../server/src/spec/experiment';
import { essence, learnLeg, MemoryHost, smallExperiment } from '../memory-host';

/** Outputs are the weights: a step moves them by |theta|^2. */
const meter: MovementMeter = {
  outputs: (weights) => Promise.resolve(weights.slice()),
  between: (before, after) => after.reduce((sum, x, i) => sum + (x - (before[i] ?? 0)) ** 2, 0),
};
const bits = (values: Float32Array) => [...new Uint32Array(values.slice().buffer)];

describe('a step that is kept to a budget', () => {
  test.each([
    [25, 0, 25],
    [24, 1, 6.25],
    [1.5625, 2, 1.5625],
    [0.1, 4, 25 / 256],
  ])('of %d is halved %d times', async (budget, halvings, movement) => {
    const theta = Float32Array.of(3, 4);
    const found = await keepToBudget(Float32Array.of(1, 1), theta, budget, meter);
    const factor = 0.5 ** halvings;
    expect(found).toEqual({ factor, halvings, movement, attempted: 25 });
    expect([...theta]).toEqual([3 * factor, 4 * factor]);
  });

  test.each([0.09, NaN])(
    'of %d is rejected, and leaves every bit of the weights',
    async (budget) => {
      const weights = Float32Array.of(1, -0, 0, -1e-45);
      const theta = Float32Array.of(3, 4, 0, 0);
      const found = await keepToBudget(weights, theta, budget, meter);
      expect(found).toEqual({ factor: 0, halvings: 4, movement: 0, attempted: 25 });
      expect(bits(weights.map((value, i) => value + (theta[i] ?? NaN)))).toEqual(bits(weights));
    },
  );
});

describe('a stiffness that follows the movement', () => {
  test('settles where the movement is a power of it, whatever that is', () => {
    for (const power of [0.3, 1, 2]) {
      const stiffness = new AdaptiveStiffness();
      const movement = () => 3 * stiffness.value ** power;
      for (let step = 0; step < 100; step++) stiffness.adapt(movement());
      expect(movement()).toBeCloseTo(0.7, 4);
    }
  });

  test('goes by a factor of two at most, and stays in its bounds', () => {
    const stiffness = new AdaptiveStiffness();
    const before = stiffness.value;
    stiffness.adapt(NaN);
    expect(stiffness.value).toBe(before / 2);
    stiffness.adapt(0);
    expect(stiffness.value).toBe(before);
    for (let step = 0; step < 60; step++) stiffness.adapt(1e9);
    expect(stiffness.value).toBe(1e-6);
    for (let step = 0; step < 60; step++) stiffness.adapt(0);
    expect(stiffness.value).toBe(10);
  });

  test('goes on from its facts', () => {
    const [one, other] = [new AdaptiveStiffness(), new AdaptiveStiffness()];
    one.adapt(3);
    other.restore(one.facts());
    expect(other.value).toBe(one.value);
  });
});

const legWith = (solver: object, keep: object = {}): Leg => ({
  ...learnLeg,
  keep: { ...learnLeg.keep, memory: 100, ...keep },
  solver: { ...learnLeg.solver, ...solver },
});
const walk = async (leg: Leg) => {
  const host = new MemoryHost();
  const report = await runExperiment(smallExperiment([leg]), host);
  expect(report.status).toBe('completed');
  return host;
};

describe('a run', () => {
  test('halves the steps that move the outputs too far', async () => {
    const steps = (await walk(legWith({ stiffness: 0.1, step_size: 2, movement: 0.3 }))).of('step');
    expect(steps[0]?.halvings).toBeGreaterThan(0);
    for (const { movement } of steps) expect(movement).toBeLessThanOrEqual(0.3);
  });

  test('leaves steps out that go on being too far, and says so once', async () => {
    const host = await walk(legWith({ stiffness: 10, step_size: 5, movement: 1e-9 }));
    const rejected = host.of('warning').filter(({ code }) => code === 'fip/step-rejected');
    expect(rejected).toHaveLength(1);
    expect(rejected[0]).toMatchObject({ step: 1, pointer: '/path/0/solver' });
    for (const { length, movement } of host.of('step')) expect([length, movement]).toEqual([0, 0]);
    const start = host.files.get('weights/start.safetensors');
    expect(start).toBeDefined();
    expect(host.files.get('weights/add-end.safetensors')).toEqual(start);
  });

  const auto = legWith({ stiffness: 'auto', movement: 0.1, steps: 40, step_size: 0.5 });

  test('with a stiffness of its own keeps the movement near the budget', async () => {
    const steps = (await walk(auto)).of('step').slice(15);
    const mean = steps.reduce((sum, { movement }) => sum + (movement ?? NaN), 0) / steps.length;
    expect(mean).toBeGreaterThan(0.05);
    expect(mean).toBeLessThanOrEqual(0.1);
  });

  test.each([
    ['the memory beyond the step', {}],
    ['a memory that is augmented', { memory: 10, augment: ['affine'] }],
  ])('with a stiffness of its own resumes bit for bit on %s', async (_name, keep) => {
    const leg = legWith({ stiffness: 'auto' }, keep);
    const whole = await walk(leg);
    expect(new Set(whole.of('step').map(({ stiffness }) => stiffness)).size).toBeGreaterThan(3);
    const state = whole.states.at(-4);
    const resumed = new MemoryHost(structuredClone(whole.files));
    await runExperiment(smallExperiment([leg]), resumed, structuredClone(state));
    const rest = essence(resumed.events);
    expect(rest.length).toBeGreaterThan(2);
    expect(essence(whole.events).slice(-rest.length)).toEqual(rest);
    const end = 'weights/add-end.safetensors';
    expect(resumed.files.get(end)).toEqual(whole.files.get(end));
  });
});
