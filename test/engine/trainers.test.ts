/** Training with the weights in JavaScript and on the device: the same descent, and the same bits when interrupted. */
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import type { Backend } from '../../server/src/engine/backends/backend';
import type { EngineHost, EngineState } from '../../server/src/engine/host';
import { buildNetwork } from '../../server/src/engine/network/architectures';
import { initialWeights } from '../../server/src/engine/network/network';
import { crossEntropy, logitsCotangent } from '../../server/src/engine/path/cross-entropy';
import { train } from '../../server/src/engine/path/train';
import { DeviceTrainer } from '../../server/src/engine/path/trainers/device-trainer';
import { drawBatches } from '../../server/src/engine/path/trainers/draw-batches';
import { hostTrainer } from '../../server/src/engine/path/trainers/host-trainer';
import type { Trainer } from '../../server/src/engine/path/trainers/trainer';
import { Random } from '../../server/src/engine/random';
import { Run } from '../../server/src/engine/run';
import { newRecord, recordOf } from '../../server/src/engine/run-record';
import type { Experiment, Train } from '../../server/src/spec/experiment';
import { backendsToTest } from './backends';
import { relativeError } from './dense-algebra';
import { adamDefaults, sgdDefaults } from './optimizer-defaults';

const [SAMPLES, FEATURES, CLASSES, BATCH] = [50, 6, 3, 16];

/** With what is special in training: statistics that are measured, and units that are dropped. */
const network = buildNetwork(
  {
    architecture: 'layers',
    layers: [
      { type: 'dense', units: 8 },
      { type: 'batch_norm' },
      { type: 'relu' },
      { type: 'dropout', rate: 0.2 },
    ],
    classes: CLASSES,
  },
  [FEATURES],
);

const random = Random.of('trainers');
const samples = {
  count: SAMPLES,
  inputs: Float32Array.from({ length: SAMPLES * FEATURES }, () => random.normal()),
  labels: Int32Array.from({ length: SAMPLES }, (_, i) => i % CLASSES),
};
const data = {
  name: 'data',
  inputShape: [FEATURES],
  train: samples,
  test: samples,
  classes: CLASSES,
  warnings: [],
};

const specs: Train[] = [
  {
    ...sgdDefaults,
    type: 'sgd' as const,
    learning_rate: 0.1,
    momentum: 0.9,
    nesterov: true,
    weight_decay: 0.01,
    clip_gradient_norm: 0.5,
  },
  {
    ...adamDefaults,
    // The gradient of a bias before a batch norm is rounding noise, which Adam would blow up to its full rate.
    epsilon: 1e-2,
    type: 'adamw' as const,
    learning_rate: 0.01,
    weight_decay: 0.1,
    schedule: { type: 'cosine' as const, warmup: 3, final: 0.1 },
  },
].map((optimizer) => ({ on: 'data', epochs: 3, batch_size: BATCH, optimizer }));
const PER_EPOCH = Math.ceil(SAMPLES / BATCH);
const span = { updates: 3 * PER_EPOCH, perEpoch: PER_EPOCH };

/** A run that keeps its saved states, and is stopped once it has saved so often. */
function startRun(backend: Backend, from?: EngineState, stopAfter = Infinity) {
  const states: EngineState[] = [];
  const host: EngineHost = {
    run: 'test',
    emit: () => undefined,
    shouldStop: () => states.length >= stopAfter,
    saveState: (state) => states.push(structuredClone(state)),
    saveWeights: () => '',
    readWeights: () => [],
    resolvePath: (path) => path,
  };
  const experiment = { seed: 3 } as Experiment;
  const dataSets = new Map([['data', data]]);
  const choice = { name: backend.name, device: backend.device, reason: '' };
  const run = new Run(
    { backend, network, dataSets, host, experiment },
    from ? recordOf(from) : newRecord('', choice),
    from?.tensors[0]?.values.slice() ?? initialWeights(network, Random.of('start')),
    from?.tensors ?? [],
  );
  return { run, states };
}

async function updates(trainer: Trainer, from: number, to: number): Promise<number[]> {
  const batchAt = drawBatches(data, 3, BATCH);
  for (let number = from; number < to; number++) await trainer.update(batchAt(number));
  return trainer.losses();
}

/** The backend with reads counted, and as if each made a device wait. */
function slowToRead(backend: Backend): { slow: Backend; reads: number[] } {
  const reads: number[] = [];
  const read: Backend['read'] = (tensor) => {
    reads.push(tensor.size);
    return backend.read(tensor);
  };
  return {
    slow: Object.create(backend, { readInterval: { value: 4 }, read: { value: read } }),
    reads,
  };
}

const cases = (await backendsToTest()).flatMap((backend) =>
  specs.map((spec) => ({ on: backend.name, type: spec.optimizer.type, backend, spec })),
);

describe.each(cases)('$type on $on', ({ backend, spec }) => {
  test('descends alike in JavaScript and on the device', async () => {
    const [here, there] = [startRun(backend).run, startRun(backend).run];
    const [host, device] = [hostTrainer(here, spec, span), new DeviceTrainer(there, spec, span)];
    const [expected, found] = [await updates(host, 0, 9), await updates(device, 0, 9)];
    expect(relativeError(Float32Array.from(found), expected)).toBeLessThan(1e-5);
    const [hostState, deviceState] = [await host.state(), await device.state()];
    expect(relativeError(there.weights, [...here.weights])).toBeLessThan(1e-5);
    expect(deviceState.map(({ name, shape }) => ({ name, shape }))).toEqual(
      hostState.map(({ name, shape }) => ({ name, shape })),
    );
    hostState.forEach(({ values }, i) =>
      expect(relativeError(deviceState[i]!.values, [...values])).toBeLessThan(1e-4),
    );
    device.dispose();
  });

  test('reads nothing back in an update, and all losses at once', async () => {
    const { slow, reads } = slowToRead(backend);
    const trainer = new DeviceTrainer(startRun(slow).run, spec, span);
    const batchAt = drawBatches(data, 3, BATCH);
    for (let number = 0; number < PER_EPOCH; number++) await trainer.update(batchAt(number));
    expect(reads).toEqual([]);
    expect(await trainer.losses()).toHaveLength(PER_EPOCH);
    expect(reads).toEqual([SAMPLES * CLASSES]);
    expect(await trainer.losses()).toEqual([]);
    trainer.dispose();
  });

  test('a training on a device that is slow to read from resumes bit for bit', async () => {
    const { slow } = slowToRead(backend);
    const whole = startRun(slow);
    expect(await train(whole.run, spec)).toBe(true);
    expect(whole.states.at(-1)?.facts).toMatchObject({
      record: { training: { batches: span.updates } },
    });
    for (const stopAfter of [1, 5, 7]) {
      const stopped = startRun(slow, undefined, stopAfter);
      expect(await train(stopped.run, spec)).toBe(false);
      const rest = startRun(slow, stopped.states.at(-1));
      expect(await train(rest.run, spec)).toBe(true);
      expect(rest.run.weights).toEqual(whole.run.weights);
      expect(rest.states.at(-1)?.tensors).toEqual(whole.states.at(-1)?.tensors);
      expect(rest.run.record.training).toEqual(whole.run.record.training);
    }
  });
});

test('a trainer leaves nothing on the device', async () => {
  const { backend, spec } = cases[0]!;
  const { slow } = slowToRead(backend);
  await train(startRun(slow).run, spec);
  const before = tf.memory().numTensors;
  await train(startRun(slow).run, spec);
  await train(startRun(slow, undefined, 2).run, spec);
  expect(tf.memory().numTensors).toBe(before);
});

test.each(['host', 'device'])('says after which batch a training diverged (%s)', async (kind) => {
  const { backend, spec } = cases[0]!;
  const wild = {
    ...spec,
    optimizer: { ...sgdDefaults, type: 'sgd' as const, learning_rate: 1e30, momentum: 0 },
  };
  const { run } = startRun(kind === 'host' ? backend : slowToRead(backend).slow);
  await expect(train(run, wild)).rejects.toThrow(/after [12] batches/);
});

test.each(cases.filter((_, i) => i % specs.length === 0))(
  'the cotangent of the logits on $on equals that in JavaScript',
  async ({ backend }) => {
    const logits = Float32Array.from([2, -1, 0.5, 90, -90, 3, -4, -4, -4]);
    const labels = Int32Array.from([1, 1, 2]);
    const found = await backend.scope(() =>
      backend.read(logitsCotangent(backend, backend.tensor(logits, [3, 3]), labels)),
    );
    expect(relativeError(found, [...crossEntropy(logits, labels).cotangent])).toBeLessThan(1e-6);
  },
);
