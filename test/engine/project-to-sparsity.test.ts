import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isPrunable, layoutOf } from '../../server/src/engine/network/layout';
import { projectToSparsity, sparsityOf } from '../../server/src/engine/path/project-to-sparsity';
import { rampedSparsity } from '../../server/src/engine/path/pruning/ramp';

const layout = layoutOf([
  { name: 'dense1.weight', shape: [4, 5], role: 'kernel' },
  { name: 'dense1.bias', shape: [5], role: 'vector' },
  { name: 'dense2.weight', shape: [5, 3], role: 'kernel' },
  { name: 'dense2.bias', shape: [3], role: 'vector' },
]);
const all = { entries: layout.entries.filter(isPrunable), scope: 'global' } as const;
const vectors = fc.array(fc.constantFrom(-2, -1, -0.5, 0, 0.25, 0.5, 1, 3), {
  minLength: layout.size,
  maxLength: layout.size,
});

describe('projection to a sparsity', () => {
  test('zeroes exactly the share asked for, also among ties, and keeps biases', () => {
    fc.assert(
      fc.property(vectors, fc.double({ min: 0, max: 0.99, noNaN: true }), (values, sparsity) => {
        const weights = Float32Array.from(values);
        const projected = projectToSparsity(all, weights, sparsity);
        const due = Math.round(sparsity * 35);
        const had = Math.round(sparsityOf(layout, weights) * 35);
        expect(Math.round(sparsityOf(layout, projected) * 35)).toBe(Math.max(due, had));
        expect(projected.slice(20, 25)).toEqual(weights.slice(20, 25));
        expect(projected.slice(40)).toEqual(weights.slice(40));
      }),
    );
  });

  test('never zeroes a weight while a smaller one stays', () => {
    fc.assert(
      fc.property(vectors, fc.double({ min: 0, max: 0.99, noNaN: true }), (values, sparsity) => {
        const weights = Float32Array.from(values);
        const projected = projectToSparsity(all, weights, sparsity);
        const matrices = [...Array(20).keys(), ...Array.from({ length: 15 }, (_, i) => 25 + i)];
        const removed = matrices.filter((i) => projected[i] === 0 && weights[i] !== 0);
        const kept = matrices.filter((i) => projected[i] !== 0);
        const largest = Math.max(0, ...removed.map((i) => Math.abs(weights[i] ?? 0)));
        const smallest = Math.min(Infinity, ...kept.map((i) => Math.abs(weights[i] ?? 0)));
        expect(largest).toBeLessThanOrEqual(smallest);
        for (const i of kept) expect(projected[i]).toBe(weights[i]);
      }),
    );
  });

  test('in each layer zeroes its own share, and ranks by importance where that is given', () => {
    const weights = Float32Array.from({ length: layout.size }, (_, i) => 1 + i);
    const layered = projectToSparsity({ ...all, scope: 'layer' }, weights, 0.4);
    const zeros = (from: number, to: number) =>
      layered.subarray(from, to).filter((value) => value === 0).length;
    expect([zeros(0, 20), zeros(20, 25), zeros(25, 40), zeros(40, 43)]).toEqual([8, 0, 6, 0]);
    const importance = weights.map((_, i) => (i < 20 ? 1000 : 1));
    const ranked = projectToSparsity(all, weights, 10 / 35, importance);
    expect(ranked.subarray(25, 35)).toEqual(new Float32Array(10));
    expect(ranked.subarray(0, 25)).toEqual(weights.subarray(0, 25));
  });
});

describe('the ramp', () => {
  const spec = { target: 0.9, ramp: 0.8, ramp_from: 0.5 };

  test('begins at ramp_from, never falls, and rests at the target', () => {
    const path = Array.from({ length: 50 }, (_, step) => rampedSparsity(spec, step, 50));
    expect(path[0]).toBeCloseTo(0.5, 12);
    path.forEach((value, i) => expect(value).toBeGreaterThanOrEqual(path[i - 1] ?? 0));
    expect(path.slice(40)).toEqual(Array(10).fill(0.9));
  });

  test('removes the same share of the remaining weights at each step', () => {
    const left = (step: number) => 1 - rampedSparsity(spec, step, 50);
    expect(left(11) / left(10)).toBeCloseTo(left(31) / left(30), 12);
  });

  test('reaches the target with its last step, however few steps and however long the ramp', () => {
    for (const steps of [1, 2, 3, 50])
      for (const ramp of [0, 0.7, 1])
        expect(rampedSparsity({ ...spec, ramp }, steps - 1, steps)).toBe(0.9);
  });

  test('begins at half the target where that is not above ramp_from, and goes straight to it without steps', () => {
    expect(rampedSparsity({ ...spec, target: 0.3 }, 0, 50)).toBeCloseTo(0.15, 12);
    expect(rampedSparsity({ ...spec, ramp: 0 }, 0, 50)).toBe(0.9);
  });
});
