import { expect, test } from 'vitest';
import { layerSparsity } from '../../../server/src/engine/metrics/layer-sparsity';
import type { Layout, LayoutEntry } from '../../../server/src/engine/network/layout';
import { sparsityOf } from '../../../server/src/engine/path/project-to-sparsity';

const entry = (name: string, offset: number, shape: number[]): LayoutEntry => ({
  name,
  shape,
  offset,
  size: shape.reduce((product, length) => product * length, 1),
  role: name.endsWith('bias') ? 'vector' : 'kernel',
  fileOrder: shape.map((_, axis) => axis),
});

const layout: Layout = {
  entries: [entry('a.weight', 0, [2, 2]), entry('a.bias', 4, [2]), entry('b.weight', 6, [2, 1])],
  size: 8,
};

test('each weight matrix has its own share of zeros; biases are no weights', () => {
  const weights = Float32Array.of(0, 1, -0, 2, 0, 0, 3, 4);
  expect(layerSparsity(layout, weights)).toEqual({ 'a.weight': 0.5, 'b.weight': 0 });
  // The shares weighed by their sizes come to the sparsity of the whole.
  expect((4 * 0.5 + 2 * 0) / 6).toBeCloseTo(sparsityOf(layout, weights), 12);
});

test('a network without a zero has nothing to tell', () => {
  expect(layerSparsity(layout, Float32Array.of(1, 1, 1, 1, 0, 0, 1, 1))).toBeUndefined();
  expect(layerSparsity({ entries: [], size: 0 }, new Float32Array())).toBeUndefined();
});
