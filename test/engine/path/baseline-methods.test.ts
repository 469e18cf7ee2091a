/** Baselines against what their papers say of them: closed forms, and references in float64. */
import { describe, expect, test } from 'vitest';
import type { BaselineMethod } from '../../../server/src/engine/path/baselines/baseline-method';
import { withPenalty } from '../../../server/src/engine/path/baselines/ewc';
import { fisherDiagonal } from '../../../server/src/engine/path/baselines/fisher';
import { drawJoint } from '../../../server/src/engine/path/baselines/joint';
import { drawLabelled, newRows } from '../../../server/src/engine/path/keep/labelled-memory';
import {
  labelLoss,
  outputLoss,
  sumOfLosses,
  type OutputLoss,
} from '../../../server/src/engine/path/losses/loss-terms';
import { distillationLoss } from '../../../server/src/engine/path/baselines/lwf';
import { viewOf } from '../../../server/src/engine/network/layout';
import { drawKept } from '../../../server/src/engine/path/kept-function';
import { Random } from '../../../server/src/engine/random';
import { difference, norm } from '../../../server/src/engine/vector';
import type { Leg } from '../../../server/src/spec/experiment';
import { relativeError } from '../dense-algebra';
import { baseline } from './baseline-kit';
import {
  anchor,
  at,
  CLASSES,
  context,
  dataSets,
  HIDDEN,
  layout,
  normals,
  random,
  settingFor,
  SIDE,
  small,
  start,
} from './tiny-baselines';

const softmax = (logits: readonly number[]) => {
  const powers = logits.map(Math.exp);
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
};

describe('ewc', () => {
  test("the Fisher information is the closed form of this network: x^2 Var_p of a unit's effect", async () => {
    const count = 4;
    const inputs = normals(count * SIDE * SIDE);
    const found = await fisherDiagonal(context, anchor, inputs);
    const [w1, b1, w2, b2] = layout.entries.map((entry) => viewOf(entry, anchor));
    const expected = new Float64Array(layout.size);
    for (let n = 0; n < count; n++) {
      const x = Array.from(inputs.subarray(n * 9, (n + 1) * 9));
      const sum = (bias: number, terms: number[]) => terms.reduce((a, b) => a + b, bias);
      const h = Array.from({ length: HIDDEN }, (_, j) =>
        sum(
          at(b1!, j),
          x.map((value, i) => value * at(w1!, i * HIDDEN + j)),
        ),
      );
      const active = h.map((value) => Math.max(value, 0));
      const z = Array.from({ length: CLASSES }, (_, k) =>
        sum(
          at(b2!, k),
          active.map((value, j) => value * at(w2!, j * CLASSES + k)),
        ),
      );
      const p = softmax(z);
      const variance = (effects: number[]) => {
        const mean = sum(
          0,
          effects.map((e, k) => at(p, k) * e),
        );
        return (
          sum(
            0,
            effects.map((e, k) => at(p, k) * (e - mean) ** 2),
          ) / count
        );
      };
      const add = (entry: number, i: number, value: number) =>
        (expected[layout.entries[entry]!.offset + i]! += value);
      for (let j = 0; j < HIDDEN; j++) {
        const effect = Array.from(w2!.subarray(j * CLASSES, (j + 1) * CLASSES));
        const own = at(h, j) > 0 ? variance(effect) : 0;
        add(1, j, own);
        x.forEach((value, i) => add(0, i * HIDDEN + j, value ** 2 * own));
        for (let k = 0; k < CLASSES; k++)
          add(2, j * CLASSES + k, (at(active, j) ** 2 * at(p, k) * (1 - at(p, k))) / count);
      }
      for (let k = 0; k < CLASSES; k++) add(3, k, (at(p, k) * (1 - at(p, k))) / count);
    }
    expect(relativeError(found!, expected)).toBeLessThan(1e-5);
  });

  test('the penalty is weight / 2 * sum of F (w - w0)^2, with its gradient on top of the task', () => {
    const [fisher, weights, task] = [normals(20).map(Math.abs), normals(20), normals(20)];
    const w0 = normals(20);
    const found = withPenalty(
      { value: 3, gradient: task.slice() },
      { fisher, anchor: w0, weight: 7 },
      weights,
    );
    const moved = (i: number) => at(weights, i) - at(w0, i);
    const penalty = fisher.reduce((sum, f, i) => sum + (7 / 2) * f * moved(i) ** 2, 0);
    expect(found.value).toBeCloseTo(3 + penalty, 4);
    const gradient = Float64Array.from(task, (g, i) => g + 7 * at(fisher, i) * moved(i));
    expect(relativeError(found.gradient, gradient)).toBeLessThan(1e-6);
  });

  test('adds the information of data kept for the first time only, to what it brings along', async () => {
    const leg: Leg = { ...small, keep: { ...small.keep, on: ['digits', 'turned'] } };
    const first = start(baseline.ewc, await settingFor(small));
    await first.begin?.([]);
    const known = new Set(['digits']);
    const setting = await settingFor(leg, { known });
    const second = start(baseline.ewc, setting);
    await second.begin?.(first.state());
    const fisherOf = (method: BaselineMethod) =>
      method.state().find(({ name }) => name === 'ewc.fisher')!.values;
    const rows = newRows(setting, 100, random);
    expect(rows.map((row) => setting.memory.dataSets[row])).toEqual(rows.map(() => 'turned'));
    const memory = setting.kept.memory.inputs;
    const turned = Float32Array.from(
      [...rows].sort((a, b) => a - b).flatMap((row) => [...memory.subarray(row * 9, row * 9 + 9)]),
    );
    const added = await fisherDiagonal(context, anchor, turned);
    const expected = Float64Array.from(fisherOf(first), (value, i) => value + at(added!, i));
    expect(relativeError(fisherOf(second), expected)).toBeLessThan(1e-5);
  });
});

describe('losses of the outputs', () => {
  const width = 5;
  const rows = 3;
  const outputs = normals(rows * width);
  const teacher = normals(rows * width);
  const labels = Int32Array.of(4, 0, 2);
  const row = (values: ArrayLike<number>, n: number) =>
    Array.from({ length: width }, (_, k) => at(values, n * width + k));
  const mean = (of: (n: number) => number) => (of(0) + of(1) + of(2)) / rows;
  const crossEntropy = (z: Float64Array) =>
    mean((n) => -Math.log(at(softmax(row(z, n)), at(labels, n))));
  const squares = (z: Float64Array) =>
    mean((n) =>
      row(z, n).reduce((sum, value, k) => sum + (value - at(row(teacher, n), k)) ** 2, 0),
    ) / width;
  const [classes, temperature] = [[0, 1, 3], 2];
  const distilled = (z: Float64Array) => {
    const soft = (values: number[]) => softmax(classes.map((k) => at(values, k) / temperature));
    return mean((n) => {
      const [p, q] = [soft(row(teacher, n)), soft(row(z, n))];
      return -p.reduce((sum, each, i) => sum + each * Math.log(at(q, i)), 0);
    });
  };

  const cases: [string, OutputLoss, (z: Float64Array) => number][] = [
    ['replay: cross-entropy of the labels', labelLoss(labels, 3), (z) => 3 * crossEntropy(z)],
    ['DER: squares of the outputs', outputLoss(teacher, 0.7), (z) => 0.7 * squares(z)],
    [
      'DER++: both',
      sumOfLosses(outputLoss(teacher, 0.7), labelLoss(labels, 0.5)),
      (z) => 0.7 * squares(z) + 0.5 * crossEntropy(z),
    ],
    [
      'LwF: softened probabilities of the kept classes',
      distillationLoss(teacher, { classes, width, temperature, weight: 1.5 }),
      (z) => 1.5 * temperature ** 2 * distilled(z),
    ],
  ];

  test.each(cases)('%s, value and slope as in float64', (_name, loss, reference) => {
    const { value, cotangent } = loss(outputs.slice());
    expect(value).toBeCloseTo(reference(Float64Array.from(outputs)), 5);
    const slopes = Float64Array.from(outputs, (_, i) => {
      const moved = (by: number) => {
        const z = Float64Array.from(outputs);
        z[i] = at(z, i) + by;
        return reference(z);
      };
      return (moved(1e-5) - moved(-1e-5)) / 2e-5;
    });
    expect(relativeError(cotangent, slopes)).toBeLessThan(1e-5);
  });

  test('nothing pulls where the outputs are those of the teacher', () => {
    const spec = { classes, width, temperature, weight: 1.5 };
    for (const loss of [distillationLoss(teacher, spec), outputLoss(teacher, 1)])
      expect(norm(loss(teacher.slice()).cotangent)).toBeLessThan(1e-7);
  });
});

describe('what a step sees', () => {
  test('replay: the samples that the leg drew, augmented alike, each with its own label', async () => {
    for (const augment of [undefined, ['affine', 'noise'] as const]) {
      const { augment: _augment, ...bare } = small.keep;
      const keep = { ...bare, ...(augment && { augment: [...augment] }) };
      const setting = await settingFor({ ...small, keep });
      const draw = { leg: small.leg, step: 3, samples: 5 };
      const found = drawLabelled(setting.kept, setting.memory, context, draw);
      const kept = await drawKept(setting.kept, context, draw);
      expect(found.inputs).toEqual(kept.inputs);
      const { train } = dataSets.get('digits')!;
      const features = SIDE * SIDE;
      found.rows.forEach((row, i) => {
        const shown = setting.kept.memory.inputs.subarray(row * features, (row + 1) * features);
        const source = Array.from({ length: train.count }, (_, n) => n).find(
          (n) =>
            norm(difference(train.inputs.subarray(n * features, (n + 1) * features), shown)) === 0,
        );
        expect(found.labels[i]).toBe(train.labels[source ?? -1]);
      });
    }
  });

  test('joint: each sample of all data at most once a step, all of them over time, with their labels', () => {
    const all = [...dataSets.values()].map((data, which) => {
      const inputs = data.train.inputs.slice();
      for (let n = 0; n < data.train.count; n++) inputs[n * 9] = which * 1000 + n;
      return { ...data, train: { ...data.train, inputs } };
    });
    const seen = new Set<number>();
    for (let step = 0; step < 40; step++) {
      const { inputs, labels, count } = drawJoint(all, 16, Random.of('joint', step));
      const ids = Array.from({ length: count }, (_, i) => at(inputs, i * 9));
      expect(new Set(ids).size).toBe(16);
      ids.forEach((id, i) => {
        expect(labels[i]).toBe(all[Math.floor(id / 1000)]?.train.labels[id % 1000]);
        seen.add(id);
      });
    }
    expect(seen.size).toBe(40 + 30 + 20);
    expect(drawJoint(all, 1000, Random.of(1)).count).toBe(90);
  });
});
