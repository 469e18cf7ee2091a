import { describe, expect, test } from 'vitest';
import { accuracyWithin, ownClasses } from '../../server/src/engine/metrics/accuracy-within';
import { crossEntropy } from '../../server/src/engine/path/cross-entropy';
import { Random } from '../../server/src/engine/random';
import type { DataSet } from '../../server/src/engine/data/data-set';

const withLabels = (train: number[], held: number[]) =>
  ({
    train: { labels: Int32Array.from(train) },
    test: { labels: Int32Array.from(held) },
  }) as DataSet;

describe('accuracy within the classes of a data set', () => {
  test('chooses among those alone', () => {
    // Output 0 is the largest of every row; of outputs 1 and 2 the second row is wrong.
    const logits = Float32Array.of(9, 2, 1, 9, 2, 1, 9, -3, -2);
    expect(accuracyWithin(logits, Int32Array.of(1, 2, 2), [1, 2])).toBeCloseTo(2 / 3, 12);
    expect(crossEntropy(logits, Int32Array.of(1, 2, 2)).correct).toBe(0);
  });

  test('is the accuracy where all classes are among them, with ties as there', () => {
    const random = Random.of(1, 'within');
    const logits = Float32Array.from({ length: 500 * 4 }, () => random.integer(3));
    const labels = Int32Array.from({ length: 500 }, () => random.integer(4));
    const { correct } = crossEntropy(logits, labels);
    expect(accuracyWithin(logits, labels, [0, 1, 2, 3])).toBe(correct / 500);
    expect(accuracyWithin(logits, labels, [0, 1])).not.toBe(correct / 500);
  });

  test('counts outputs that are no numbers as wrong', () => {
    expect(accuracyWithin(Float32Array.of(NaN, NaN), Int32Array.of(1), [0, 1])).toBe(0);
  });
});

test('the own classes are some of the head, but more than one', () => {
  expect(ownClasses(withLabels([3, 1, 3], [5]), 10)).toEqual([1, 3, 5]);
  expect(ownClasses(withLabels([3, 1, 3], [5]), 3)).toBeUndefined();
  expect(ownClasses(withLabels([3, 3], [3]), 10)).toBeUndefined();
});
