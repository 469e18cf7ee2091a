/** Data sets made into tasks: a partition by class, or the same samples under a permutation. */
import { describe, expect, test } from 'vitest';
import { readData } from '../../../server/src/engine/data/read-data';
import type { DataSet } from '../../../server/src/engine/data/data-set';
import { splitTasks } from '../../../server/src/engine/data/split-tasks';
import type { GlyphsData, Tasks } from '../../../server/src/spec/experiment';

const glyphs: GlyphsData = {
  ...{ format: 'glyphs', train: 200, test: 60, size: 8, alphabet: 'digits' },
  ...{ normalize: true, label_offset: 0 },
};
const context = { seed: 3, resolvePath: (path: string) => path };
const split = (tasks: Tasks | undefined, changes: Partial<GlyphsData> = {}, seed = 3) => {
  const data = { ...glyphs, ...changes, ...(tasks && { tasks }) };
  return splitTasks(data, readData('digits', data, context), seed);
};
const byClasses = (changes: object): Tasks => ({ by: 'classes', labels: 'own', ...changes });

/** Each sample as a text: its label and inputs. */
const samplesOf = ({ count, inputs, labels }: DataSet['train']): string[] => {
  const features = inputs.length / count;
  return Array.from({ length: count }, (_, row) =>
    [labels[row], ...inputs.subarray(row * features, (row + 1) * features)].join(),
  );
};
const labelsOf = ({ train, test: held }: DataSet) =>
  [...new Set([...train.labels, ...held.labels])].sort((a, b) => a - b);

test('a data set without tasks is itself', () => {
  const [only, ...rest] = split(undefined);
  expect([only?.name, rest]).toEqual(['digits', []]);
});

describe('by classes', () => {
  test('the tasks are a partition of the samples, normalised together', () => {
    const [whole] = split(undefined);
    const tasks = split(byClasses({ count: 5 }));
    expect(tasks.map(({ name }) => name)).toEqual([1, 2, 3, 4, 5].map((i) => `digits-${i}`));
    for (const part of ['train', 'test'] as const) {
      const all = tasks.flatMap((task) => samplesOf(task[part]));
      expect(all.sort()).toEqual(samplesOf(whole![part]).sort());
    }
    expect(tasks.map(labelsOf)).toEqual([
      [0, 1],
      [2, 3],
      [4, 5],
      [6, 7],
      [8, 9],
    ]);
    expect(tasks.map(({ classes }) => classes)).toEqual([2, 4, 6, 8, 10]);
  });

  test('shared labels are numbered within each task', () => {
    const own = split(
      byClasses({
        groups: [
          [7, 3],
          [0, 5, 9],
        ],
      }),
    );
    const shared = split(
      byClasses({
        groups: [
          [7, 3],
          [0, 5, 9],
        ],
        labels: 'shared',
      }),
    );
    expect(own.map(labelsOf)).toEqual([
      [3, 7],
      [0, 5, 9],
    ]);
    expect(shared.map(labelsOf)).toEqual([
      [0, 1],
      [0, 1, 2],
    ]);
    expect([...shared[0]!.train.labels]).toEqual(
      [...own[0]!.train.labels].map((label) => (label === 7 ? 0 : 1)),
    );
    expect(shared[1]?.train.inputs).toEqual(own[1]?.train.inputs);
  });

  test('classes are those of the data, and the offset comes on top', () => {
    const groups = {
      groups: [
        [0, 1],
        [8, 9],
      ],
    };
    const own = split(byClasses(groups), { label_offset: 10 });
    const shared = split(byClasses({ ...groups, labels: 'shared' }), { label_offset: 10 });
    expect(own.map(labelsOf)).toEqual([
      [10, 11],
      [18, 19],
    ]);
    expect(shared.map(labelsOf)).toEqual([
      [10, 11],
      [10, 11],
    ]);
  });

  test.each([
    [{ count: 3 }, '/data/digits/tasks/count', /10 classes.*among 3/],
    [{ groups: [[0], [12]] }, '/data/digits/tasks/groups/1', /`digits-2` has no training samples/],
  ])('%o is refused', (tasks, pointer, message) => {
    const attempt = () => split(byClasses(tasks));
    expect(attempt).toThrow(expect.objectContaining({ code: 'fip/tasks', pointer }));
    expect(attempt).toThrow(message);
  });
});

describe('by permutation', () => {
  const permuted: Tasks = { by: 'permutation', count: 4 };

  /** Where feature f of the first task went, from the columns of all samples: those of constant value are left out. */
  const orderOf = (from: DataSet['train'], to: DataSet['train'], features: number) => {
    const column = ({ inputs }: DataSet['train'], f: number) =>
      Array.from({ length: from.count }, (_, row) => inputs[row * features + f]).join();
    const places = new Map(Array.from({ length: features }, (_, f) => [column(to, f), f]));
    return Array.from({ length: features }, (_, f) => places.get(column(from, f)));
  };

  test('each task is a bijection of the first, the same for training and test', () => {
    const [whole] = split(undefined);
    const tasks = split(permuted);
    expect(samplesOf(tasks[0]!.train)).toEqual(samplesOf(whole!.train));
    const orders = tasks.map((task) => orderOf(whole!.train, task.train, 64));
    for (const [i, task] of tasks.entries()) {
      expect(new Set(orders[i]).size).toBe(64);
      expect(orders[i]).not.toContain(undefined);
      expect(orderOf(whole!.test, task.test, 64)).toEqual(orders[i]);
      expect(task.train.labels).toEqual(whole!.train.labels);
    }
    expect(new Set(orders.map((order) => order.join())).size).toBe(4);
  });

  test('the seed alone says which', () => {
    const inputs = (seed: number) => split(permuted, {}, seed).map(({ test: held }) => held.inputs);
    expect(inputs(3)).toEqual(inputs(3));
    expect(inputs(4)[0]).toEqual(inputs(3)[0]);
    expect(inputs(4)[1]).not.toEqual(inputs(3)[1]);
  });
});
