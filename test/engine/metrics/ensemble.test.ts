/** How ensembles differ, on numbers made by hand. */
import { expect, test } from 'vitest';
import {
  coherence,
  disagreement,
  layerDiversity,
} from '../../../server/src/engine/metrics/ensemble';
import { layoutOf } from '../../../server/src/engine/network/layout';

test('disagreement is the mean over pairs of the share of differing answers', () => {
  const [a, b, c] = [
    Int32Array.of(0, 1, 2, 3),
    Int32Array.of(0, 1, 2, 0),
    Int32Array.of(1, 0, 2, 0),
  ];
  expect(disagreement([a, b])).toBe(1 / 4);
  // a and b differ in 1 of 4, a and c in 3, b and c in 2.
  expect(disagreement([a, b, c])).toBeCloseTo((1 + 3 + 2) / 12, 12);
  expect(disagreement([a, a, a])).toBe(0);
});

test('coherence is the mean over samples of the largest cosine', () => {
  const a = Float32Array.of(1, 0, 0, 2);
  const b = Float32Array.of(0, 3, 0, -5);
  const c = Float32Array.of(3, 4, 1, 0);
  // First sample: 0, 0.6 and 0.8; second: -1, 0 and 0.
  expect(coherence([a, b, c], 2)).toBeCloseTo((0.8 + 0) / 2, 6);
  expect(coherence([a, b], 2)).toBeCloseTo((0 - 1) / 2, 6);
});

test('a gradient of no length is like no other', () => {
  expect(coherence([Float32Array.of(0, 0), Float32Array.of(1, 0)], 1)).toBe(0);
});

test('layers are apart by their distance relative to their size, mean over pairs, statistics left out', () => {
  const layout = layoutOf([
    { name: 'first', shape: [2], role: 'kernel' },
    { name: 'mean', shape: [1], role: 'statistic' },
    { name: 'second', shape: [2], role: 'vector' },
  ]);
  const [a, b, c] = [
    Float32Array.of(3, 0, 5, 0, 0),
    Float32Array.of(0, 4, 6, 0, 0),
    Float32Array.of(-3, 0, 7, 0, 2),
  ];
  expect([...layerDiversity(layout, [a, b])]).toEqual([
    ['first', 1],
    ['second', 0],
  ]);
  // Of `first`: at right angles, opposite, at right angles. Of `second`: equal, and twice from nothing.
  const found = layerDiversity(layout, [a, b, c]);
  expect(found.get('first')).toBeCloseTo((1 + Math.SQRT2 + 1) / 3, 6);
  expect(found.get('second')).toBeCloseTo(2 / 3, 6);
  expect(found.has('mean')).toBe(false);
});
