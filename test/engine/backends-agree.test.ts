/** The same step on different backends: equal to float32 accuracy, and equal to the bit when repeated on one of them. */
import { describe, expect, test } from 'vitest';
import type { Backend } from '../../server/src/engine/backends/backend';
import { selfTest } from '../../server/src/engine/backends/self-test';
import { exactStep } from '../../server/src/engine/geometry/exact-step';
import { linearise } from '../../server/src/engine/geometry/linearisation';
import { buildNetwork } from '../../server/src/engine/network/architectures';
import { initialWeights } from '../../server/src/engine/network/network';
import { Random } from '../../server/src/engine/random';
import { backendsToTest } from './backends';
import { relativeError } from './dense-algebra';
import { logitsMetric } from './logits-metric';

const [SAMPLES, INPUTS] = [24, 20];
const network = buildNetwork(
  { architecture: 'mlp', hidden: [24, 16], activation: 'relu', classes: 4 },
  [INPUTS],
);
const random = Random.of('backends');
const normals = (count: number) => Float32Array.from({ length: count }, () => random.normal());
const weights = initialWeights(network, random);
const inputs = normals(SAMPLES * INPUTS);
const direction = normals(network.layout.size).map((value) => 0.02 * value);

/** Iterations amplify the rounding of float32; ten times that is what agreement can mean. */
const TOLERANCE = 1e-4;

async function step(backend: Backend) {
  return backend.scope(async () => {
    const x = backend.tensor(inputs, [SAMPLES, INPUTS]);
    const metric = logitsMetric(backend, linearise(backend, network, weights, x), 15);
    const rule = { iterations: 10, tolerance: 1e-9 };
    return exactStep(backend, { metric, direction, damping: 1e-2 }, rule);
  });
}

const backends = await backendsToTest();
const expected = await step(backends[0]!);

describe.each(backends.map((backend) => ({ on: backend.name, backend })))('$on', ({ backend }) => {
  test('multiplies matrices as float64 loops do', async () => {
    expect(await selfTest(backend)).toBeUndefined();
  });

  test('takes the same exact step as the first backend, to float32 accuracy', async () => {
    const { theta, iterations } = await step(backend);
    expect(iterations).toBe(expected.iterations);
    expect(relativeError(theta, expected.theta)).toBeLessThan(TOLERANCE);
  });

  test('takes the same exact step to the bit when asked again', async () => {
    const [first, second] = [await step(backend), await step(backend)];
    expect(second.theta).toEqual(first.theta);
  });
});

test('a self-test notices a backend that is a little wrong', async () => {
  const wrong: Backend = Object.create(backends[0]!, {
    matMul: {
      value: (...args: Parameters<Backend['matMul']>) =>
        backends[0]!.scale(backends[0]!.matMul(...args), 1.001),
    },
  });
  expect(await selfTest(wrong)).toMatch(/a matrix product is off by 0\.0/);
});
