/** What derivatives need at the least is known beforehand, and is never more than what they take. */
import * as tf from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { describe, expect, test } from 'vitest';
import { loadWasmBackend } from '../../server/src/engine/backends/wasm';
import { linearise } from '../../server/src/engine/geometry/linearisation';
import { checkMemory, leastAttackBytes, leastBytes } from '../../server/src/engine/memory-forecast';
import { averagedLoss } from '../../server/src/engine/metrics/attacks/averaged-loss';
import { buildNetwork } from '../../server/src/engine/network/architectures';
import { initialWeights } from '../../server/src/engine/network/network';
import { Random } from '../../server/src/engine/random';
import type { RunContext } from '../../server/src/engine/run-context';
import type { Experiment, Model } from '../../server/src/spec/experiment';

const models: [Model, number[]][] = [
  [{ architecture: 'mlp', hidden: [200, 100], activation: 'relu', classes: 10 }, [12, 12, 1]],
  [{ architecture: 'lenet5', classes: 10 }, [20, 20, 1]],
  [{ architecture: 'resnet18', width: 4, classes: 10 }, [16, 16, 3]],
  [{ architecture: 'vit', patch: 4, width: 32, depth: 2, heads: 2, classes: 10 }, [16, 16, 3]],
];

/** The most bytes that tensors took at once while the work was done. */
async function peakOf(work: () => Promise<unknown>): Promise<number> {
  const wasm = tf.backend() as BackendWasm;
  const move = wasm.move.bind(wasm);
  const disposeData = wasm.disposeData.bind(wasm);
  const sizes = new Map<object, number>();
  let [used, peak] = [0, 0];
  wasm.move = (id, values, shape, type, count) => {
    move(id, values, shape, type, count);
    sizes.set(id, 4 * shape.reduce((product, extent) => product * extent, 1));
    used += sizes.get(id) ?? 0;
    peak = Math.max(peak, used);
  };
  wasm.disposeData = (id, force) => {
    const freed = disposeData(id, force);
    if (freed) used -= sizes.get(id) ?? 0;
    return freed;
  };
  try {
    await work();
    return peak;
  } finally {
    Object.assign(wasm, { move, disposeData });
  }
}

describe.each(models)('a network %o', (model, shape) => {
  test('takes at least what the forecast says, and not a multiple of it', async () => {
    const backend = await loadWasmBackend({ threads: 1 });
    const [network, samples] = [buildNetwork(model, shape), 20];
    const weights = initialWeights(network, Random.of('memory'));
    const peak = await peakOf(() =>
      backend.scope(async () => {
        const x = backend.tensor(new Float32Array(samples * network.inputs).fill(0.5), [
          samples,
          network.inputs,
        ]);
        const linearisation = linearise(backend, network, weights, x);
        await linearisation.vjp(linearisation.outputs);
      }),
    );
    const least = leastBytes(network, samples);
    expect(least).toBeLessThanOrEqual(peak);
    expect(peak / least).toBeLessThan(4);
  });
});

test('an attack on an ensemble takes at least what the forecast says, and not a multiple of it', async () => {
  const backend = await loadWasmBackend({ threads: 1 });
  const [network, samples] = [
    buildNetwork({ architecture: 'lenet5', classes: 10 }, [20, 20, 1]),
    20,
  ];
  const members = [1, 2, 3].map((i) => initialWeights(network, Random.of('memory', i)));
  const loss = averagedLoss({ backend, network }, members, new Int32Array(samples));
  const peak = await peakOf(() => loss(new Float32Array(samples * network.inputs).fill(0.5)));
  const least = leastAttackBytes(network, samples, members.length);
  expect(least).toBeLessThanOrEqual(peak);
  expect(peak / least).toBeLessThan(4);
});

describe('a batch that cannot fit', () => {
  const network = buildNetwork(
    { architecture: 'mlp', hidden: [100_000], activation: 'relu', classes: 10 },
    [100],
  );
  const count = (train: number) => ({ train: { count: train } });
  const experiment = {
    data: {},
    start: { train: { on: 'small', batch_size: 100 } },
    path: [
      {
        leg: 'add-large',
        objective: { type: 'learn', on: 'large', batch_size: 64 },
        keep: { on: ['small', 'large'], memory: 5000 },
        solver: { type: 'geodesic', samples: 3000 },
      },
    ],
  } as unknown as Experiment;
  const context = (gib: number) =>
    ({
      experiment,
      network,
      backend: { name: 'wasm', memoryBytes: gib * 2 ** 30 },
      dataSets: new Map([
        ['small', count(50)],
        ['large', count(2000)],
      ]),
    }) as unknown as RunContext;

  test('is refused at the key that sets it, with a number that might fit', () => {
    // 2 * 2,050 samples of 200,010 numbers, and twice 11,100,010 weights, are 3.1 GiB.
    const attempt = () => checkMemory(context(3));
    expect(attempt).toThrow(
      expect.objectContaining({ code: 'fip/out-of-memory', pointer: '/path/0/solver/samples' }),
    );
    expect(attempt).toThrow(/on 2,050 samples need 3\.1 GiB at least.* wasm backend has 3\.0 GiB/);
    expect(attempt).toThrow(/Lower `samples` to 1,9\d\d or less/);
  });

  test('counts only samples that there are', () => {
    expect(() => checkMemory(context(3.2))).not.toThrow();
  });

  test('counts samples of a small memory that come several times, augmented', () => {
    const [leg] = experiment.path;
    const keep = { on: 'small', memory: 50, augment: ['affine'] };
    const augmented = { ...experiment, path: [{ ...leg, keep }] } as unknown as Experiment;
    const attempt = () => checkMemory({ ...context(3.2), experiment: augmented });
    expect(attempt).toThrow(/on 3,000 samples/);
  });

  test('is not blamed for weights that do not fit by themselves', () => {
    expect(() => checkMemory(context(0.01))).toThrow(/backend has 0\.010 GiB\. Use a smaller/);
  });

  test('may be that of an attack, which takes all members of an ensemble at once', () => {
    const spread = {
      leg: 'spread',
      objective: { type: 'diversify', members: 4 },
      keep: { on: 'small' },
    };
    const small = { type: 'geodesic', samples: 10 };
    const attack = { on: 'large', samples: 500 };
    const attacked = {
      ...{ data: {}, start: {}, path: [{ ...spread, solver: small }], measure: { attack } },
    } as unknown as Experiment;
    const dataSets = new Map<string, object>([
      ['small', count(50)],
      ['large', { ...count(50), test: { count: 80 } }],
    ]);
    const attempt = (gib: number) => () =>
      checkMemory({ ...context(gib), experiment: attacked, dataSets } as unknown as RunContext);
    // 4 times 80 samples of 200,010 numbers and 11,100,010 weights are 0.40 GiB.
    expect(attempt(0.45)).not.toThrow();
    expect(attempt(0.35)).toThrow(/of 4 networks on 80 samples need 0\.40 GiB/);
    expect(attempt(0.35)).toThrow(expect.objectContaining({ pointer: '/measure/attack/samples' }));
  });
});
