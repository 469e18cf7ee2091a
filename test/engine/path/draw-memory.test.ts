/** Which samples a memory holds. */
import { expect, test } from 'vitest';
import type { DataSet } from '../../../server/src/engine/data/data-set';
import {
  drawMemory,
  memoryInputs,
  missingClasses,
} from '../../../server/src/engine/path/keep/draw-memory';
import type { Keep, Leg } from '../../../server/src/spec/experiment';

/** Samples whose one input is their number, and whose labels come in these counts. */
function dataSet(name: string, counts: readonly number[]): DataSet {
  const labels = Int32Array.from(
    counts.flatMap((count, label) => Array<number>(count).fill(label)),
  );
  const inputs = Float32Array.from(labels, (_, i) => i);
  const samples = { count: labels.length, inputs, labels };
  const classes = counts.length;
  return { name, inputShape: [1], train: samples, test: samples, classes, warnings: [] };
}

const one = dataSet('one', [50, 30, 3, 0, 17]);
const two = dataSet('two', [40, 40]);
const leg = (memory: Keep['memory']) =>
  ({ leg: 'add', keep: { on: ['one', 'two'], memory } }) as unknown as Leg;
const labelsOf = (memory: Keep['memory'], seed = 1) =>
  drawMemory(leg(memory), [one, two], seed).map(({ data, indices }) =>
    Array.from(indices, (i) => data.train.labels[i]),
  );
const count = (labels: readonly unknown[], label: number) =>
  labels.filter((found) => found === label).length;

test('so many of each class of each data set, and all of a class that has fewer', () => {
  const [first = [], second = []] = labelsOf({ per_class: 5 });
  expect([0, 1, 2, 3, 4].map((label) => count(first, label))).toEqual([5, 5, 3, 0, 5]);
  expect([0, 1].map((label) => count(second, label))).toEqual([5, 5]);
});

test('a number in all is shared equally, and no sample is drawn twice', () => {
  expect(labelsOf(11).map(({ length }) => length)).toEqual([6, 5]);
  expect(labelsOf(undefined).map(({ length }) => length)).toEqual([100, 80]);
  for (const memory of [11, { per_class: 7 }])
    for (const { indices } of drawMemory(leg(memory), [one, two], 1))
      expect(new Set(indices).size).toBe(indices.length);
});

test('the seed draws it, and its inputs stand data set after data set', () => {
  const drawn = (seed: number) => memoryInputs(drawMemory(leg({ per_class: 4 }), [one, two], seed));
  expect(drawn(1)).toEqual(drawn(1));
  expect(drawn(1)).not.toEqual(drawn(2));
  const [first, second] = drawMemory(leg({ per_class: 4 }), [one, two], 1);
  expect([...drawn(1)]).toEqual([...(first?.indices ?? []), ...(second?.indices ?? [])]);
});

test('classes of the training split that the memory has not are named, others are not', () => {
  const [first, second] = drawMemory(leg({ per_class: 1 }), [one, two], 1);
  expect(missingClasses([first!, second!], 3)).toEqual([]);
  // The first sample of `one` has the class 0; class 3 does not occur at all.
  const part = [{ data: one, indices: Uint32Array.of(0) }, second!];
  const [warning, ...others] = missingClasses(part, 3);
  expect(others).toEqual([]);
  expect(warning).toMatchObject({
    code: 'fip/class-missing-from-memory',
    pointer: '/path/3/keep/memory',
  });
  expect(warning?.message).toMatch(/^No sample of the classes 1, 2, 4 of `one`/);
});
