/** How a step's samples are parted between memory and pool. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DataSet } from '../../../server/src/engine/data/data-set';
import { partSamples, poolInputs } from '../../../server/src/engine/path/keep/pool';
import type { Leg } from '../../../server/src/spec/experiment';

const part = (samples: number, share: number, memory: number, pool: number, repeat = false) =>
  partSamples(samples, share, { memory, pool, repeat });

describe('the parts', () => {
  test('are what the share says', () => {
    expect(part(100, 0.5, 1000, 1000)).toEqual({ memory: 50, pool: 50 });
    expect(part(100, 0.2, 1000, 1000)).toEqual({ memory: 80, pool: 20 });
    expect(part(100, 0, 1000, 0)).toEqual({ memory: 100, pool: 0 });
    expect(part(1, 0.9, 10, 10)).toEqual({ memory: 1, pool: 0 });
  });

  test('keep their share where the memory is small, unless samples come several times', () => {
    expect(part(100, 0.5, 10, 1000)).toEqual({ memory: 10, pool: 10 });
    expect(part(100, 0.75, 10, 1000)).toEqual({ memory: 10, pool: 30 });
    expect(part(100, 0.75, 10, 20)).toEqual({ memory: 10, pool: 20 });
    expect(part(100, 0.75, 10, 20, true)).toEqual({ memory: 25, pool: 75 });
  });

  test('are never more than asked for or than there are', () => {
    const count = fc.integer({ min: 1, max: 500 });
    const share = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(count, share, count, count, (samples, s, memory, pool) => {
        const parts = part(samples, s, memory, pool);
        expect(parts.memory).toBeGreaterThan(0);
        expect(parts.memory + parts.pool).toBeLessThanOrEqual(samples);
        expect(parts.memory).toBeLessThanOrEqual(memory);
        expect(parts.pool).toBeLessThanOrEqual(pool);
        const all = part(samples, s, memory, pool, true);
        expect(all.memory + all.pool).toBe(samples);
      }),
    );
  });
});

function dataSet(name: string, from: number, count: number): DataSet {
  const inputs = Float32Array.from({ length: count }, (_, i) => from + i);
  const samples = { count, inputs, labels: new Int32Array(count) };
  return { name, inputShape: [1], train: samples, test: samples, classes: 1, warnings: [] };
}

const sets = [dataSet('a', 0, 30), dataSet('b', 100, 20)];
const leg = (steps: number, samples: number) =>
  ({ leg: 'add', solver: { steps, samples } }) as unknown as Leg;

test('a pool is all inputs of its data sets, or as many as the steps can draw', () => {
  expect(poolInputs(leg(10, 10), sets, 1)).toHaveLength(50);
  expect(poolInputs(leg(10, 10), sets.slice(1), 1)).toBe(sets[1]?.train.inputs);
  const few = poolInputs(leg(2, 10), sets, 1);
  expect(new Set(few).size).toBe(20);
  const known = new Set(sets.flatMap(({ train }) => [...train.inputs]));
  for (const value of few) expect(known.has(value)).toBe(true);
  expect(few.some((value) => value < 100) && few.some((value) => value >= 100)).toBe(true);
  expect(poolInputs(leg(2, 10), sets, 1)).toEqual(few);
  expect(poolInputs(leg(2, 10), sets, 2)).not.toEqual(few);
});
