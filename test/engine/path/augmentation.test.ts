/** Which augmentations go with which inputs. */
import { describe, expect, test } from 'vitest';
import type { DataSet } from '../../../server/src/engine/data/data-set';
import type { Network } from '../../../server/src/engine/network/network';
import { augmentationOf } from '../../../server/src/engine/path/keep/augmentation';
import { Random } from '../../../server/src/engine/random';
import type { Keep, Leg } from '../../../server/src/spec/experiment';

const tokens = Float32Array.of(8, 1, 2, 3, 4, 9, 0, 0, 8, 5, 6, 9, 0, 0, 0, 0);
const texts = {
  name: 'texts',
  inputShape: [8],
  train: { count: 2, inputs: tokens, labels: new Int32Array(2) },
} as unknown as DataSet;
const images = { ...texts, name: 'images', inputShape: [2, 4] };
const reads = (vocabulary?: number) => ({ vocabulary }) as unknown as Network;
const legWith = (augment?: Keep['augment']) => ({ keep: { augment } }) as unknown as Leg;
const change = (augment: Keep['augment'], data: DataSet, vocabulary?: number) =>
  augmentationOf(legWith(augment), 2, [data], reads(vocabulary));

describe('augmentations', () => {
  test('of texts keep what all rows share where the data does not tell of special tokens', () => {
    for (let seed = 0; seed < 20; seed++) {
      const changed = change(['rotate', 'drop'], texts, 10)?.(tokens, Random.of(seed));
      const rows = [changed?.subarray(0, 8), changed?.subarray(8)];
      for (const row of rows) {
        const length = row?.indexOf(0) ?? 0;
        expect([row?.[0], row?.[length - 1]]).toEqual([8, 9]);
      }
    }
  });

  test('of texts believe data that tells', () => {
    const bare = { ...texts, special: { before: 0, after: 0 } };
    const firsts = Array.from(
      { length: 20 },
      (_, seed) => change(['rotate'], bare, 10)?.(tokens, Random.of(seed))[0],
    );
    expect(new Set(firsts).size).toBeGreaterThan(3);
  });

  test('that do not go with the inputs are refused at their place', () => {
    expect(() => change(['drop', 'flip'], texts, 10)).toThrow(
      expect.objectContaining({
        code: 'fip/augment-needs-images',
        pointer: '/path/2/keep/augment/1',
      }),
    );
    expect(() => change(['flip'], texts)).toThrow(/`flip` changes images/);
    expect(() => change(['flip', 'splice'], images)).toThrow(
      expect.objectContaining({
        code: 'fip/augment-needs-texts',
        pointer: '/path/2/keep/augment/1',
      }),
    );
  });

  test('are none where the leg asks for none', () => {
    expect(change(undefined, images)).toBeUndefined();
    expect(change(['flip'], images)?.(tokens, Random.of(1))).toHaveLength(16);
  });
});
