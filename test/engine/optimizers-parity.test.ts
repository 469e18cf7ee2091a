/** Optimisers, schedules and clipping against PyTorch in float64, from the committed fixture (see test/parity). */
import { describe, expect, test } from 'vitest';
import type { Backend } from '../../server/src/engine/backends/backend';
import { createOptimizer } from '../../server/src/engine/path/optimizers';
import { clipGradient } from '../../server/src/engine/path/optimizers/clip-gradient';
import { createDeviceOptimizer } from '../../server/src/engine/path/optimizers/device-optimizer';
import { rateFactor } from '../../server/src/engine/path/optimizers/learning-rate';
import type { DeviceArray } from '../../server/src/engine/path/optimizers/update-rule';
import { norm } from '../../server/src/engine/vector';
import type { Optimizer, Schedule } from '../../server/src/spec/experiment';
import { valueAt } from '../../server/src/spec/json-pointer';
import { checkSchema } from '../../server/src/spec/schema';
import fixture from '../fixtures/parity/optimizers.json';
import { backendsToTest } from './backends';
import { relativeError } from './dense-algebra';
import { ReferenceBackend } from './reference-backend';

/** Float32 against float64 over 24 updates: 3.4e-7 at most was seen. */
const TOLERANCE = 2e-6;

const size = fixture.start.values.length;
const span = { updates: fixture.updates, perEpoch: fixture.perEpoch };

/** What a user writes with the schema's defaults filled in: so they are held against PyTorch's, too. */
function resolve(optimizer: object): Optimizer {
  const place = '/start/train/optimizer';
  const { resolved, errors } = checkSchema({ start: { train: { on: 'data', optimizer } } });
  expect(errors.filter(({ instancePath }) => instancePath.startsWith(place))).toEqual([]);
  return valueAt(resolved, place) as Optimizer;
}

/** The gradient of the fixture's bowl: matrix w - pull. */
function gradientAt(weights: Float32Array, update: number): Float32Array {
  const { matrix, pulls } = fixture;
  return weights.map((_, row) => {
    const products = [...weights].map((w, column) => (matrix.values[row * size + column] ?? 0) * w);
    return products.reduce((a, b) => a + b, 0) - (pulls.values[update * size + row] ?? 0);
  });
}

/** The weights after each of the recorded updates; the optimiser is saved and made anew after `interruptAfter`. */
function descend(spec: Optimizer, interruptAfter = Infinity): Float32Array[] {
  const weights = Float32Array.from(fixture.start.values);
  const recorded: Float32Array[] = [];
  let optimizer = createOptimizer(spec, size, span);
  for (let update = 0; update < fixture.updates; update++) {
    if (update === interruptAfter) {
      const state = structuredClone(optimizer.state());
      optimizer = createOptimizer(spec, size, span);
      optimizer.restore(state, update);
    }
    optimizer.update(weights, gradientAt(weights, update));
    if (fixture.recorded.includes(update + 1)) recorded.push(weights.slice());
  }
  return recorded;
}

/** The same on the device, the six weights in two arrays. */
async function descendOnDevice(backend: Backend, spec: Optimizer): Promise<Float32Array[]> {
  const shapes = [[2, 2], [2]];
  const upload = (vector: Float32Array) =>
    shapes.map((shape, i) => backend.tensor(vector.slice(4 * i, 4 * i + (i ? 2 : 4)), shape));
  const recorded: Float32Array[] = [];
  await backend.scope(async () => {
    const optimizer = createDeviceOptimizer(backend, spec, span);
    const moments = optimizer.moments.map(() => upload(new Float32Array(size)));
    let arrays: DeviceArray[] = upload(Float32Array.from(fixture.start.values)).map(
      (weight, i) => ({
        weight,
        moments: moments.map((tensors) => tensors[i]!),
      }),
    );
    for (let update = 0; update < fixture.updates; update++) {
      const parts = await Promise.all(arrays.map(({ weight }) => backend.read(weight)));
      const weights = Float32Array.from(parts.flatMap((part) => [...part]));
      if (fixture.recorded.includes(update)) recorded.push(weights);
      arrays = optimizer.update(arrays, upload(gradientAt(weights, update)), update);
    }
    const last = await Promise.all(arrays.map(({ weight }) => backend.read(weight)));
    recorded.push(Float32Array.from(last.flatMap((part) => [...part])));
  });
  return recorded;
}

const named = fixture.cases.map(({ optimizer, weights }) => ({
  name: JSON.stringify(optimizer),
  optimizer,
  weights: weights.values,
}));

describe('24 updates', () => {
  test.each(named)('of $name', ({ optimizer, weights }) => {
    descend(resolve(optimizer)).forEach((found, i) => {
      const expected = weights.slice(i * size, (i + 1) * size);
      expect(relativeError(found, expected)).toBeLessThan(TOLERANCE);
    });
  });

  test('are the same, bit for bit, where they were interrupted', () => {
    for (const { optimizer } of named) {
      const spec = resolve(optimizer);
      const whole = descend(spec);
      for (const after of [1, 4, 13]) expect(descend(spec, after)).toEqual(whole);
    }
  });
});

describe('on the device, 24 updates', async () => {
  const backends = [new ReferenceBackend(), ...(await backendsToTest())];
  // The loops in float64 are for the formulas, the backends for their primitives: some cases of each optimiser.
  const cases = backends.flatMap((backend) =>
    named
      .filter((_, i) => backend.name === 'reference' || i % 5 === 0)
      .map((entry) => ({ on: backend.name, backend, ...entry })),
  );

  test.each(cases)('of $name on $on', async ({ backend, optimizer, weights }) => {
    const recorded = await descendOnDevice(backend, resolve(optimizer));
    recorded.forEach((found, i) => {
      const expected = weights.slice(i * size, (i + 1) * size);
      expect(relativeError(found, expected)).toBeLessThan(TOLERANCE);
    });
  });
});

describe('the learning rate', () => {
  test.each(fixture.schedules.map((entry) => ({ name: JSON.stringify(entry.schedule), ...entry })))(
    'under $name',
    ({ schedule, factors }) => {
      const spec = resolve({ type: 'sgd', schedule }).schedule as Schedule;
      factors.forEach((factor, done) =>
        expect(rateFactor(spec, done, span)).toBeCloseTo(factor, 6),
      );
    },
  );

  test('stays where it came down to, beyond the end', () => {
    for (const type of ['cosine', 'linear'] as const)
      for (const done of [24, 25, 100])
        expect(rateFactor({ type, warmup: 4, final: 0.25 }, done, span)).toBe(0.25);
  });

  test('rises all along where the warm-up never ends', () => {
    const spec: Schedule = { type: 'cosine', warmup: 50, final: 0, steps: 10 };
    const factors = Array.from({ length: 24 }, (_, done) => rateFactor(spec, done, span));
    factors.forEach((factor, done) => expect(factor).toBeCloseTo((done + 1) / 51, 12));
  });

  test('cannot count epochs where there are none', () => {
    const spec: Schedule = { type: 'step', every: 1, unit: 'epochs', factor: 0.5, warmup: 0 };
    expect(() => rateFactor(spec, 3, { updates: 24 })).toThrow(/epochs/);
  });
});

describe('clipping', () => {
  test('keeps the direction and the limit, and leaves short gradients alone', () => {
    const gradient = Float32Array.of(3, -4, 12);
    clipGradient(gradient, 6.5);
    expect(norm(gradient)).toBeCloseTo(6.5, 5);
    expect(relativeError(gradient, [1.5, -2, 6])).toBeLessThan(1e-6);
    const short = Float32Array.of(0.3, -0.4, 0);
    clipGradient(short, 6.5);
    expect(short).toEqual(Float32Array.of(0.3, -0.4, 0));
  });

  test('sums in float64: a million small numbers count', () => {
    const gradient = new Float32Array(1_000_001).fill(1e-3);
    gradient[0] = 100;
    clipGradient(gradient, 1);
    expect(norm(gradient)).toBeCloseTo(1, 6);
  });

  test('a gradient of nothing stays nothing', () => {
    const gradient = new Float32Array(3);
    clipGradient(gradient, 1);
    expect(gradient).toEqual(new Float32Array(3));
  });
});
