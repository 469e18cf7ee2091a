/** The metric's diagonal against a Jacobian in float64. */
import { describe, expect, test } from 'vitest';
import { DISTANCES } from '../../server/src/engine/geometry/distances';
import { linearise } from '../../server/src/engine/geometry/linearisation';
import { metricDiagonal } from '../../server/src/engine/geometry/metric-diagonal';
import { buildNetwork } from '../../server/src/engine/network/architectures';
import { isPrunable, type LayoutEntry } from '../../server/src/engine/network/layout';
import { Random } from '../../server/src/engine/random';
import { backendsToTest } from './backends';
import { relativeError } from './dense-algebra';
import { pointOf, referenceJacobian, referenceOutputs, type Point } from './derivatives';
import { smallConvolution } from './small-convolution';

const mlp = buildNetwork(
  { architecture: 'mlp', hidden: [9, 6], activation: 'relu', classes: 4 },
  [7],
);
const wide = buildNetwork(
  { architecture: 'mlp', hidden: [5], activation: 'tanh', classes: 80 },
  [4],
);
const convolutional = smallConvolution;

type Distance = keyof typeof DISTANCES;

/** The mean over samples of the diagonal of J^T F J; F is 1 for logits and diag(p) - p p^T for Fisher's metric. */
function diagonalOf(point: Point, distance: Distance): number[] {
  const { outputs } = point.network;
  const jacobian = referenceJacobian(point);
  const logits = Array.from(referenceOutputs(point));
  return Array.from(point.weights, (_, w) => {
    let sum = 0;
    for (let n = 0; n < point.samples; n++) {
      const slopes = jacobian.slice(n * outputs, (n + 1) * outputs).map((row) => row[w] ?? 0);
      const p = softmax(logits.slice(n * outputs, (n + 1) * outputs));
      const mean = slopes.reduce((total, slope, k) => total + slope * (p[k] ?? 0), 0);
      sum += slopes.reduce(
        (total, slope, k) =>
          total + (distance === 'logits' ? slope ** 2 : (p[k] ?? 0) * (slope - mean) ** 2),
        0,
      );
    }
    return sum / point.samples;
  });
}

function softmax(logits: readonly number[]): number[] {
  const powers = logits.map(Math.exp);
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

const backends = (await backendsToTest()).map((backend) => ({ on: backend.name, backend }));

describe.each(backends)('the diagonal of the metric on $on', ({ backend }) => {
  const find = (point: Point, distance: Distance, seed = 0) =>
    backend.scope(() => {
      const x = backend.tensor(point.inputs, [point.samples, point.network.inputs]);
      const at = linearise(backend, point.network, point.weights, x);
      const embedding = DISTANCES[distance].embed(backend, at.outputs);
      return metricDiagonal(backend, point.network, at, embedding, Random.of('diagonal', seed));
    });
  const partOf = (entry: LayoutEntry | undefined, vector: ArrayLike<number>) =>
    Array.from(vector).slice(entry?.offset, (entry?.offset ?? 0) + (entry?.size ?? 0));
  const matrices = ({ network }: Point) => network.layout.entries.filter(isPrunable);

  test.each(['logits', 'fisher'] as const)('is exact for dense layers, by %s', async (distance) => {
    const point = pointOf(mlp, 'diagonal', { samples: 6 });
    const [found, expected] = [await find(point, distance), diagonalOf(point, distance)];
    for (const entry of matrices(point))
      expect(relativeError(partOf(entry, found), partOf(entry, expected))).toBeLessThan(1e-5);
  });

  test('is estimated without bias for convolutions, beside a head that is exact', async () => {
    const point = pointOf(convolutional, 'diagonal', { samples: 4 });
    const expected = diagonalOf(point, 'logits');
    const [filters, head] = matrices(point);
    let mean: number[] = partOf(filters, expected).map(() => 0);
    for (let seed = 0; seed < 8; seed++) {
      const found = await find(point, 'logits', seed);
      expect(relativeError(partOf(head, found), partOf(head, expected))).toBeLessThan(1e-5);
      const part = partOf(filters, found);
      expect(relativeError(part, partOf(filters, expected))).toBeLessThan(1);
      mean = mean.map((value, i) => value + (part[i] ?? 0) / 8);
    }
    expect(relativeError(mean, partOf(filters, expected))).toBeLessThan(0.25);
    expect(await find(point, 'logits', 3)).toEqual(await find(point, 'logits', 3));
  });

  test('is estimated where there are many outputs', async () => {
    const point = pointOf(wide, 'diagonal', { samples: 3 });
    const expected = diagonalOf(point, 'logits');
    const [first] = matrices(point);
    const found = await find(point, 'logits');
    expect(relativeError(partOf(first, found), partOf(first, expected))).toBeLessThan(0.5);
  });
});
