/** The way to another network. */
import { expect, test } from 'vitest';
import { layoutOf } from '../../../server/src/engine/network/layout';
import { reach } from '../../../server/src/engine/path/objectives/reach';

const layout = layoutOf([
  { name: 'weight', shape: [3], role: 'kernel' },
  { name: 'mean', shape: [2], role: 'statistic' },
]);
const target = Float32Array.of(3, 0, 4, 50, 60);
const start = Float32Array.of(0, 0, 0, 1, 2);

test('leads straight there and leaves running statistics', async () => {
  const objective = reach(target, layout, 10);
  const { value, gradient } = await objective.gradient(start, 0);
  expect(value).toBe(5);
  expect([...gradient]).toEqual([-3, -0, -4, -0, -0]);
  expect(objective.distanceToTarget?.(start)).toBe(5);
  expect(objective.distanceToTarget?.(Float32Array.of(3, 0, 4, 1, 2))).toBe(0);
  expect(target[3]).toBe(50);
});

test('takes steps of the given length, or the way divided by the steps, and never beyond the target', async () => {
  const objective = reach(target, layout, 10);
  const length = async (weights: Float32Array, step: number, size?: number) =>
    Math.hypot(...(await objective.direction(weights, step, size)).direction);
  expect(await length(start, 0, 2)).toBeCloseTo(2, 6);
  expect(await length(start, 0)).toBeCloseTo(0.5, 6);
  const near = Float32Array.of(3, 0, 3, 0, 0);
  expect(await length(near, 5)).toBeCloseTo(0.5, 6);
  expect(await length(near, 5, 2)).toBeCloseTo(1, 6);
  expect(await length(target, 6)).toBe(0);
});

test('remembers the length of its steps', async () => {
  const before = reach(target, layout, 10);
  await before.direction(start, 0, undefined);
  const after = reach(target, layout, 10);
  after.restore(before.state());
  const near = Float32Array.of(1, 0, 1, 0, 0);
  expect(await after.direction(near, 3, undefined)).toEqual(
    await before.direction(near, 3, undefined),
  );
});
