/** Draws of samples for a step. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawIndices } from '../../../server/src/engine/path/keep/draw-indices';
import { Random } from '../../../server/src/engine/random';

const draw = (count: number, wanted: number, repeat: boolean, seed = 0) =>
  drawIndices(Random.of('draw', seed), count, wanted, repeat);

test('as many as wanted, all equally often but for one', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 90 }),
      (count, wanted) => {
        const times = new Array<number>(count).fill(0);
        for (const index of draw(count, wanted, true)) times[index]!++;
        expect(times.reduce((a, b) => a + b)).toBe(wanted);
        expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(1);
      },
    ),
  );
});

test('none twice where that is not asked for', () => {
  expect([...draw(5, 12, false)].sort()).toEqual([0, 1, 2, 3, 4]);
  expect(draw(50, 12, false)).toEqual(draw(50, 12, true));
  expect(draw(50, 12, false)).not.toEqual(draw(50, 12, false, 1));
  expect(draw(0, 12, true)).toHaveLength(0);
});
