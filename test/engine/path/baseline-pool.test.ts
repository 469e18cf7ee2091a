/** Baselines that keep outputs on the pool of a leg, and those that do not. */
import { describe, expect, test } from 'vitest';
import { keptAt, pooledAt } from '../../../server/src/engine/path/baselines/kept-samples';
import { outputsInChunks } from '../../../server/src/engine/metrics/outputs';
import { drawKept } from '../../../server/src/engine/path/kept-function';
import { difference } from '../../../server/src/engine/vector';
import type { Leg } from '../../../server/src/spec/experiment';
import { relativeError, times, transposed } from '../dense-algebra';
import { sgdDefaults } from '../optimizer-defaults';
import { batchJacobian, forward } from '../reference-mlp';
import { baseline } from './baseline-kit';
import {
  anchor,
  at,
  CLASSES,
  context,
  dataSets,
  HIDDEN,
  learnAll,
  settingFor,
  SIDE,
  start,
  walked,
} from './tiny-baselines';

const pooled: Leg = {
  ...learnAll,
  keep: { ...learnAll.keep, memory: 6, pool: { on: 'turned', share: 0.5 } },
};
const augmented: Leg = { ...pooled, keep: { ...pooled.keep, augment: ['noise'] } };
const rowsOf = (inputs: Float32Array) =>
  Array.from({ length: inputs.length / 9 }, (_, i) => [...inputs.subarray(i * 9, i * 9 + 9)]);
const widely = { ...sgdDefaults, type: 'sgd', learning_rate: 0.1, momentum: 0 } as const;

describe.each([
  ['plain', pooled],
  ['augmented', augmented],
])('the samples of a step, %s,', (_name, leg) => {
  test('are those of the leg: labelled ones of the memory, then the pool', async () => {
    const setting = await settingFor(leg);
    const draw = { leg: leg.leg, step: 2, samples: leg.solver.samples };
    const ofLeg = await drawKept(setting.kept, context, draw);
    const found = await keptAt(setting, 2);
    expect([found.count, found.labels.length]).toEqual([8, 4]);
    expect(found.inputs).toEqual(ofLeg.inputs);
    expect(found.anchorOutputs).toEqual(await outputsInChunks(context, anchor, ofLeg.inputs));
    const pool = await pooledAt(setting, 2);
    expect(pool?.count).toBe(4);
    expect(pool?.inputs).toEqual(ofLeg.inputs.subarray(4 * 9));
    const known = rowsOf(dataSets.get('turned')!.train.inputs).map((row) => row.join());
    if (leg === pooled) for (const row of rowsOf(pool!.inputs)) expect(known).toContain(row.join());
    expect(await pooledAt(await settingFor(learnAll), 2)).toBeUndefined();
  });
});

describe('a step of', () => {
  const net = { sizes: [SIDE * SIDE, HIDDEN, CLASSES], activation: 'relu' } as const;
  const logitsOf = (w: ArrayLike<number>, inputs: Float32Array) =>
    rowsOf(inputs).map((x) => forward(net, w, x));
  const back = (w: ArrayLike<number>, inputs: Float32Array, cotangent: number[]) =>
    times(transposed(batchJacobian(net, w, rowsOf(inputs))), cotangent);
  const softmax = (logits: readonly number[]) => {
    const sum = logits.reduce((total, logit) => total + Math.exp(logit), 0);
    return logits.map((logit) => Math.exp(logit) / sum);
  };
  /** d of the mean cross-entropy by the logits. */
  const slopes = (logits: number[][], labels: Int32Array) =>
    logits.flatMap((row, n) =>
      softmax(row).map((p, k) => (p - (at(labels, n) === k ? 1 : 0)) / logits.length),
    );

  /** The gradient that the second step of a baseline went down, and where. */
  async function secondStep(spec: (typeof baseline)['der' | 'lwf']) {
    const setting = await settingFor(pooled, { optimizer: widely });
    const method = start(spec, setting);
    const weights = anchor.slice();
    await method.begin?.([]);
    await method.step(weights, 0);
    const before = weights.slice();
    await method.step(weights, 1);
    const gradient = difference(before, weights).map((value) => value / 0.1);
    return { setting, before, gradient };
  }

  test('der keeps the outputs on both, and the labels of the memory', async () => {
    const { setting, before, gradient } = await secondStep(baseline.der);
    const { inputs, labels, count } = await keptAt(setting, 1);
    const { train } = dataSets.get('letters')!;
    const logits = logitsOf(before, inputs);
    const held = logitsOf(anchor, inputs);
    const kept = logits.flatMap((row, n) =>
      row.map((value, k) => (0.5 * 2 * (value - held[n]![k]!)) / (count * CLASSES)),
    );
    slopes(logits.slice(0, 4), labels).forEach((slope, i) => (kept[i]! += 0.5 * slope));
    const task = back(before, train.inputs, slopes(logitsOf(before, train.inputs), train.labels));
    const expected = back(before, inputs, kept).map((value, i) => value + task[i]!);
    expect(relativeError(gradient, expected)).toBeLessThan(1e-4);
  });

  test('lwf keeps what was said of the old classes on the task and the pool', async () => {
    const { setting, before, gradient } = await secondStep(baseline.lwf);
    const pool = (await pooledAt(setting, 1))!;
    const { train } = dataSets.get('letters')!;
    const inputs = Float32Array.from([...train.inputs, ...pool.inputs]);
    const [logits, taught] = [logitsOf(before, inputs), logitsOf(anchor, inputs)];
    // Digits have the classes 0 to 2; T = 2, so that T^2 / T = 2.
    const soft = (row: number[]) => softmax(row.slice(0, 3).map((logit) => logit / 2));
    const kept = logits.flatMap((row, n) => {
      const [q, p] = [soft(row), soft(taught[n]!)];
      return row.map((_, k) => (k < 3 ? (2 * (q[k]! - p[k]!)) / logits.length : 0));
    });
    const task = back(before, train.inputs, slopes(logitsOf(before, train.inputs), train.labels));
    const expected = back(before, inputs, kept).map((value, i) => value + task[i]!);
    expect(relativeError(gradient, expected)).toBeLessThan(1e-4);
  });
});

test('all others go the same way with a pool and without one', async () => {
  const without: Leg = { ...pooled, keep: { ...learnAll.keep, memory: 6 } };
  const others = ['fine_tune', 'experience_replay', 'joint', 'ewc', 'lora', 'ogd'] as const;
  for (const name of others) {
    const [a, b] = [await settingFor(pooled), await settingFor(without)];
    const ends = [await walked(start(baseline[name], a)), await walked(start(baseline[name], b))];
    expect(ends[0], name).toEqual(ends[1]);
  }
  const [a, b] = [await settingFor(pooled), await settingFor(without)];
  expect(await walked(start(baseline.der, a))).not.toEqual(await walked(start(baseline.der, b)));
});
