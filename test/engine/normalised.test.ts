/** The normalised optimiser: in JavaScript and on devices against its formula in float64, and in legs of a path. */
import { describe, expect, test } from 'vitest';
import type { Backend } from '../../server/src/engine/backends/backend';
import { createOptimizer } from '../../server/src/engine/path/optimizers';
import { createDeviceOptimizer } from '../../server/src/engine/path/optimizers/device-optimizer';
import { rateFactor } from '../../server/src/engine/path/optimizers/learning-rate';
import type { DeviceArray } from '../../server/src/engine/path/optimizers/update-rule';
import { Random } from '../../server/src/engine/random';
import { runExperiment } from '../../server/src/engine/run-experiment';
import type { Leg, NormalisedOptimizer, Schedule } from '../../server/src/spec/experiment';
import { backendsToTest } from './backends';
import { norm, relativeError } from './dense-algebra';
import { MemoryHost, learnLeg, smallExperiment } from './memory-host';
import { essence } from './recording-host';
import { ReferenceBackend } from './reference-backend';

const backends = await backendsToTest();
const SPAN = { updates: 12 };
const SHAPES = [[2, 3], [4]];
const SIZES = [6, 4];
const random = Random.of('normalised');
const start = Float32Array.from({ length: 10 }, () => random.normal());
/** Of lengths from 1e-6 to 1e5: only their directions may count. */
const gradients = Array.from({ length: SPAN.updates }, (_, update) =>
  Float32Array.from(start, () => random.normal() * 10 ** (update - 6)),
);
const cosine: Schedule = { type: 'cosine', warmup: 2, final: 0.1 };
const specs: NormalisedOptimizer[] = [
  { type: 'normalised', learning_rate: 0.3 },
  { type: 'normalised', learning_rate: 0.3, schedule: cosine },
];

/** w - rate g / |g|, in float64. */
function expected(spec: NormalisedOptimizer): number[] {
  const weights = Array.from(start);
  gradients.forEach((gradient, update) => {
    const factor = spec.schedule ? rateFactor(spec.schedule, update, SPAN) : 1;
    const length = norm(Array.from(gradient));
    gradient.forEach((g, i) => (weights[i]! -= (spec.learning_rate * factor * g) / length));
  });
  return weights;
}

const split = (backend: Backend, vector: Float32Array) =>
  SHAPES.map((shape, i) =>
    backend.tensor(vector.slice(i * SIZES[0]!, i * SIZES[0]! + SIZES[i]!), shape),
  );

function onDevice(backend: Backend, spec: NormalisedOptimizer, pulls: Float32Array[]) {
  return backend.scope(async () => {
    const optimizer = createDeviceOptimizer(backend, spec, SPAN);
    let arrays: DeviceArray[] = split(backend, start).map((weight) => ({ weight, moments: [] }));
    pulls.forEach((pull, update) => {
      arrays = optimizer.update(arrays, split(backend, pull), update);
    });
    const parts = await Promise.all(arrays.map(({ weight }) => backend.read(weight)));
    return Float32Array.from(parts.flatMap((part) => [...part]));
  });
}

describe.each(specs)('$learning_rate long steps, schedule $schedule.type', (spec) => {
  test('in JavaScript', () => {
    const weights = start.slice();
    const optimizer = createOptimizer(spec, weights.length, SPAN);
    for (const gradient of gradients) optimizer.update(weights, gradient.slice());
    expect(relativeError(weights, expected(spec))).toBeLessThan(1e-6);
  });

  test.each([new ReferenceBackend(), ...backends])(
    'on $name, over all arrays together',
    async (backend) => {
      const found = await onDevice(backend, spec, gradients);
      expect(relativeError(found, expected(spec))).toBeLessThan(3e-6);
    },
  );
});

describe('a gradient of nothing moves nothing', () => {
  const spec = specs[0]!;
  const nothing = new Float32Array(start.length);

  test('in JavaScript', () => {
    const weights = start.slice();
    createOptimizer(spec, weights.length, SPAN).update(weights, nothing);
    expect(weights).toEqual(start);
  });

  test.each(backends)('on $name', async (backend) => {
    expect(await onDevice(backend, spec, [nothing])).toEqual(start);
  });
});

test('each step of a penalty leg is as long as its learning rate, and resumes bit for bit', async () => {
  const schedule: Schedule = { type: 'linear', warmup: 0, final: 0.5 };
  const optimizer: NormalisedOptimizer = { type: 'normalised', learning_rate: 0.2, schedule };
  const solver: Leg['solver'] = {
    ...{ type: 'penalty', steps: 4, weight: 1, reduction: 'sum', samples: 20 },
    optimizer,
  };
  const leg: Leg = {
    ...learnLeg,
    keep: { on: 'digits', memory: 30, distance: 'bhattacharyya' },
    solver,
  };
  const whole = new MemoryHost();
  expect(await runExperiment(smallExperiment([leg]), whole)).toMatchObject({ status: 'completed' });
  whole.of('step').forEach(({ length }, done) => {
    const rate = 0.2 * rateFactor(schedule, done, { updates: 4 });
    expect(length! / rate).toBeCloseTo(1, 4);
  });
  const middle = whole.states.find(
    ({ facts }) => (facts['record'] as { leg?: { steps: number } }).leg?.steps === 2,
  );
  const rest = new MemoryHost();
  await runExperiment(smallExperiment([leg]), rest, middle);
  expect(essence(rest.of('step'))).toEqual(essence(whole.of('step').slice(2)));
  expect(rest.files.get('weights/add-end.safetensors')).toEqual(
    whole.files.get('weights/add-end.safetensors'),
  );
});
