/** Principal components of paths: against a dense decomposition, invariances, and where a run takes them. */
import { describe, expect, test } from 'vitest';
import { principalComponents } from '../../server/src/engine/geometry/principal-components';
import { symmetricEigen } from '../../server/src/engine/geometry/symmetric-eigen';
import { Random } from '../../server/src/engine/random';
import { runExperiment } from '../../server/src/engine/run-experiment';
import type { PathPca } from '../../server/src/protocol/generated';
import { dot, eigenvalues, gram, norm, times, transposed } from './dense-algebra';
import { learnLeg, MemoryHost, pruneLeg, smallExperiment } from './memory-host';
import { essence } from './recording-host';

const random = Random.of('pca test');
const COUNT = 9;
const LENGTH = 14;
/** Vectors with much in common, that differ most along few axes. */
const vectors = Array.from({ length: COUNT }, () =>
  Float32Array.from({ length: LENGTH }, (_, axis) => 100 + random.normal() / (1 + axis ** 2)),
);
const of = (from: readonly Float32Array[], components = 3, held?: number) =>
  principalComponents(from.length, (i) => from[i] ?? new Float32Array(), components, held);

/** The vectors less their mean, in float64. */
function centredRows(from: readonly Float32Array[]): number[][] {
  const mean = Array.from({ length: LENGTH }, (_, axis) =>
    from.reduce((sum, vector) => sum + (vector[axis] ?? 0) / from.length, 0),
  );
  return from.map((vector) => Array.from(vector, (value, axis) => value - (mean[axis] ?? 0)));
}

describe('the eigenvectors of a symmetric matrix', () => {
  test('are orthonormal and satisfy their equation', () => {
    const half = Array.from({ length: 8 }, () => Array.from({ length: 8 }, () => random.normal()));
    const matrix = gram(half);
    const { values, vectors: found } = symmetricEigen(matrix.map((row) => Float64Array.from(row)));
    eigenvalues(matrix).forEach((value, i) => expect(values[i]).toBeCloseTo(value, 9));
    found.forEach((vector, i) => {
      times(matrix, vector).forEach((value, k) =>
        expect(value).toBeCloseTo((values[i] ?? NaN) * (vector[k] ?? NaN), 9),
      );
      found.forEach((other, j) => expect(dot(vector, other)).toBeCloseTo(Number(i === j), 10));
    });
  });
});

describe('the principal components of some vectors', () => {
  const rows = centredRows(vectors);
  const scatter = gram(transposed(rows));
  const variances = eigenvalues(scatter);
  const total = scatter.reduce((sum, row, i) => sum + (row[i] ?? 0), 0);

  test('explain what a dense decomposition of the scatter matrix says', () => {
    const { explained } = of(vectors, 5);
    explained.forEach((share, i) => expect(share).toBeCloseTo((variances[i] ?? NaN) / total, 9));
    expect(of(vectors, COUNT).explained.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
  });

  test('are projections on the eigenvectors of that matrix', () => {
    const { coordinates } = of(vectors);
    const axes = symmetricEigen(scatter.map((row) => Float64Array.from(row))).vectors;
    [0, 1, 2].forEach((axis) => {
      const projected = rows.map((row) => dot(row, axes[axis] ?? []));
      const found = coordinates.map((point) => point[axis] ?? NaN);
      const sign = Math.sign(dot(projected, found));
      found.forEach((value, i) => expect(value).toBeCloseTo(sign * (projected[i] ?? NaN), 8));
    });
  });

  test('all together keep every distance', () => {
    const { coordinates } = of(vectors, COUNT);
    const apart = (a: readonly number[] = [], b: readonly number[] = []) =>
      norm(a.map((value, i) => value - (b[i] ?? NaN)));
    for (let i = 0; i < COUNT; i++)
      for (let j = 0; j < i; j++)
        expect(apart(coordinates[i], coordinates[j])).toBeCloseTo(apart(rows[i], rows[j]), 8);
  });

  test('do not depend on the order of the axes, nor on how many vectors are held at once', () => {
    const whole = of(vectors);
    const turned = of(vectors.map((vector) => vector.slice().reverse()));
    for (const other of [turned, of(vectors, 3, 1), of(vectors, 3, 6 * LENGTH)])
      whole.coordinates.forEach((point, i) =>
        point.forEach((value, axis) => expect(other.coordinates[i]?.[axis]).toBeCloseTo(value, 9)),
      );
  });

  test('do not move with all vectors, and grow with their differences', () => {
    // Differences of 1/1024ths are exact around 100 as around 4 in float32.
    const grid = vectors.map((vector) => vector.map((value) => Math.round(value * 1024) / 1024));
    const moved = of(grid.map((vector) => vector.map((value) => value - 96)));
    const doubled = of(grid.map((vector) => vector.map((value) => 2 * value)));
    of(grid).coordinates.forEach((point, i) =>
      point.forEach((value, axis) => {
        expect(moved.coordinates[i]?.[axis]).toBeCloseTo(value, 9);
        expect(doubled.coordinates[i]?.[axis]).toBeCloseTo(2 * value, 9);
      }),
    );
  });

  test('vectors on a line have one, and one vector has none', () => {
    const line = [0, 1, 2, 5].map((t) => Float32Array.of(1 + 3 * t, 2, 3 - 4 * t));
    const { explained, coordinates } = of(line);
    expect(explained[0]).toBeCloseTo(1, 12);
    const [first, , , last] = coordinates.map(([x]) => x ?? NaN);
    expect(Math.abs((last ?? NaN) - (first ?? NaN))).toBeCloseTo(25, 9);
    expect(last).toBeGreaterThan(0);
    expect(of([Float32Array.of(1, 2)])).toEqual({ explained: [0, 0, 0], coordinates: [[0, 0, 0]] });
    expect(of([])).toEqual({ explained: [0, 0, 0], coordinates: [] });
  });
});

describe('a run that takes them', () => {
  const path = [{ ...learnLeg, checkpoint_every: 3 }, pruneLeg];
  const experiment = smallExperiment(path, { measure: { pca: true } });
  const places = ({ points }: PathPca) => points.map(({ leg, step }) => [leg, step]);

  test('sees the start and every checkpoint, at the distances that the metrics tell', async () => {
    const host = new MemoryHost();
    const { pca, legs } = await runExperiment(experiment, host);
    expect(host.of('pca').map((event) => event.pca)).toEqual([pca]);
    expect(host.events.at(-2)?.event).toBe('pca');
    if (!pca) throw new Error('There are no components.');
    const pruneSteps = Array.from({ length: 12 }, (_, i) => ['prune', i + 1]);
    expect(places(pca)).toEqual([
      ...[
        [undefined, 0],
        ['add', 3],
        ['add', 6],
        ['add', 7],
      ],
      ...pruneSteps,
    ]);
    const at = (i: number) => {
      const { x, y, z } = pca.points.at(i) ?? {};
      return [x, y, z].map(Number);
    };
    const apart = Math.hypot(...at(0).map((value, i) => value - (at(-1)[i] ?? NaN)));
    const whole = Number(legs.at(-1)?.end['start_distance']);
    // Three components cannot show more than there is, and show most of it here.
    expect(apart).toBeLessThanOrEqual(whole * (1 + 1e-6));
    expect(apart).toBeGreaterThan(0.7 * whole);
  });

  test('resumes to the same ones, and another run has none', async () => {
    const whole = new MemoryHost();
    const report = await runExperiment(experiment, whole);
    for (const state of [whole.states.at(-6), whole.states.at(-1)]) {
      const rest = new MemoryHost(new Map(whole.files));
      expect((await runExperiment(experiment, rest, state)).pca).toEqual(report.pca);
      const tail = essence(rest.events);
      expect(tail).toEqual(essence(whole.events).slice(-tail.length));
    }
    const without = await runExperiment(smallExperiment(path), new MemoryHost());
    expect(without.pca).toBeUndefined();
  });

  test('of very many checkpoints takes a part, the ends included', async () => {
    const solver = { ...pruneLeg.solver, steps: 230, iterations: 1, samples: 4 } as never;
    const leg = { ...pruneLeg, solver, checkpoint_every: 1 };
    const long = smallExperiment([leg], { measure: { pca: true } });
    const { pca } = await runExperiment(long, new MemoryHost());
    expect(pca?.points.map(({ step }) => step)).toEqual(
      Array.from({ length: 116 }, (_, i) => 2 * i),
    );
  });
});
