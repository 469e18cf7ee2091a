/** What baselines must hold at every step: orthogonal moves, low ranks, exact zeros, outputs that stay. */
import { describe, expect, test } from 'vitest';
import { linearise } from '../../../server/src/engine/geometry/linearisation';
import { outputsInChunks } from '../../../server/src/engine/metrics/outputs';
import { isPrunable, viewOf } from '../../../server/src/engine/network/layout';
import {
  adaptersOf,
  drawAdapters,
  mergeAdapters,
  pullBack,
} from '../../../server/src/engine/path/baselines/low-rank-adapters';
import { addDirection } from '../../../server/src/engine/path/baselines/orthogonal-directions';
import { projectToSparsity, sparsityOf } from '../../../server/src/engine/path/project-to-sparsity';
import { pruningOf } from '../../../server/src/engine/path/pruning/pruning';
import { firstWeights } from '../../../server/src/engine/path/start-network';
import { Random } from '../../../server/src/engine/random';
import { difference, dot, norm } from '../../../server/src/engine/vector';
import type { Baseline } from '../../../server/src/spec/experiment';
import { adamDefaults, sgdDefaults } from '../optimizer-defaults';
import { baseline, prune } from './baseline-kit';
import {
  anchor,
  at,
  backend,
  CLASSES,
  context,
  HIDDEN,
  layout,
  network,
  normals,
  random,
  settingFor,
  small,
  start,
  walked,
} from './tiny-baselines';

describe('ogd', () => {
  test.each([
    ['sgd', { ...sgdDefaults, type: 'sgd', learning_rate: 0.02, momentum: 0.9 }],
    ['adam', { ...adamDefaults, type: 'adam', learning_rate: 1e-2 }],
  ] as const)('with %s, no logit of the memory moves to first order', async (_name, optimizer) => {
    const setting = await settingFor(small, { optimizer });
    const move = difference(await walked(start(baseline.ogd, setting)), anchor);
    const free = difference(await walked(start(baseline.fine_tune, setting)), anchor);
    const logits = async (direction: Float32Array) => {
      const { inputs, count } = setting.kept.memory;
      const batch = backend.tensor(inputs, [count, network.inputs]);
      const change = await backend.read(linearise(backend, network, anchor, batch).jvp(direction));
      return Math.hypot(
        ...Array.from(setting.memory.labels, (label, n) => at(change, n * CLASSES + label)),
      );
    };
    expect(norm(move)).toBeGreaterThan(0.01);
    expect(await logits(move)).toBeLessThan(1e-4 * (await logits(free)));
  });

  test('directions are orthonormal, and none is added where there is nothing new', () => {
    const directions: Float32Array[] = [];
    const vectors = Array.from({ length: 6 }, () => normals(40));
    for (const vector of vectors) addDirection(directions, vector.slice());
    addDirection(
      directions,
      vectors[0]!.map((value, i) => value - 2 * at(vectors[3]!, i)),
    );
    expect(directions).toHaveLength(6);
    directions.forEach((a, i) => {
      directions.forEach((b, j) => expect(dot(a, b)).toBeCloseTo(i === j ? 1 : 0, 5));
    });
  });
});

describe('lora', () => {
  const options = { rank: 2, alpha: 6 };

  test('is nothing at the start, and of its rank at the end; all but matrices stays', async () => {
    const adapters = adaptersOf(layout, options);
    const merged = anchor.slice();
    mergeAdapters(adapters, drawAdapters(adapters, Random.of(3)), anchor, merged);
    expect(merged).toEqual(anchor);
    const method = start({ ...baseline.lora, ...options }, await settingFor(small));
    const moved = difference(await walked(method), anchor);
    for (const entry of layout.entries) {
      const change = viewOf(entry, moved);
      if (!isPrunable(entry)) expect(norm(change)).toBe(0);
      else expect(rankOf(change, entry.shape[1] ?? 1)).toBe(2);
    }
  });

  test('the gradient is the transpose of the change: <pulled G, d> = <G, dW>', () => {
    const adapters = adaptersOf(layout, options);
    const size = drawAdapters(adapters, random).length;
    const [values, change, g] = [normals(size), normals(size), normals(layout.size)];
    const mergedAt = (by: number) => {
      const merged = new Float32Array(layout.size);
      const moved = values.map((value, i) => value + by * at(change, i));
      mergeAdapters(adapters, moved, new Float32Array(layout.size), merged);
      return merged;
    };
    // A B is bilinear: its central difference is exact.
    const dW = difference(mergedAt(1), mergedAt(-1)).map((value) => value / 2);
    expect(dot(pullBack(adapters, values, g), change) / dot(g, dW)).toBeCloseTo(1, 4);
  });

  test('takes no larger rank than a matrix has', () => {
    const ranks = adaptersOf(layout, { rank: 100, alpha: 1 }).map(({ rank }) => rank);
    expect(ranks).toEqual([HIDDEN, CLASSES]);
  });
});

describe('pruning', () => {
  const pruning = pruningOf({ scope: 'global' }, layout, '/path/0/objective');
  const count = layout.entries.filter(isPrunable).reduce((sum, { size }) => sum + size, 0);

  test('magnitude: exactly the smallest weights of the network that the leg begins with', async () => {
    const found = await walked(start(baseline.magnitude_pruning, await settingFor(prune)));
    const pruned = projectToSparsity(pruning, anchor, 0.6);
    for (const entry of layout.entries.filter(isPrunable)) {
      const zeros = (weights: Float32Array) => Array.from(viewOf(entry, weights), (w) => w === 0);
      expect(zeros(found)).toEqual(zeros(pruned));
    }
    expect(sparsityOf(layout, found)).toBeCloseTo(Math.round(0.6 * count) / count, 9);
    expect(norm(difference(found, pruned))).toBeGreaterThan(0.01);
  });

  test('lottery: each round rewinds what is left to the first weights and prunes what was trained', async () => {
    const still = { ...sgdDefaults, type: 'sgd' as const, learning_rate: 1e-60, momentum: 0 };
    const rounds = 3;
    const spec: Baseline = { ...baseline.lottery_ticket, rounds };
    const setting = await settingFor(prune, { optimizer: still, steps: 2 });
    const initial = firstWeights(context);
    const method = start(spec, setting);
    expect(method.steps).toBe(6);
    const first = await walked(method, 1);
    const left = (round: number) => 1 - (1 - 0.6) ** (round / rounds);
    const once = projectToSparsity(pruning, anchor, left(1));
    const rewound = initial.map((value, i) => (isZeroed(once, i) ? 0 : value));
    expect(norm(difference(first, rewound))).toBe(0);
    const end = await walked(start(spec, setting));
    // Nothing is learnt at this rate, so the next rounds prune the first weights themselves.
    const second = projectToSparsity(pruning, first, left(2));
    expect(norm(difference(end, projectToSparsity(pruning, second, 0.6)))).toBe(0);
    expect(sparsityOf(layout, end)).toBeCloseTo(Math.round(0.6 * count) / count, 9);
  });

  function isZeroed(projected: Float32Array, index: number): boolean {
    const entry = layout.entries.find(
      ({ offset, size }) => index >= offset && index < offset + size,
    );
    return entry !== undefined && isPrunable(entry) && at(projected, index) === 0;
  }
});

test('der holds the outputs on the memory better than replay', async () => {
  const leg = { ...small, solver: { ...small.solver, steps: 40 } };
  const setting = await settingFor(leg);
  const moved = async (spec: Baseline) => {
    const weights = await walked(start(spec, setting));
    const { inputs, anchorOutputs } = setting.kept.memory;
    return norm(difference(await outputsInChunks(context, weights, inputs), anchorOutputs));
  };
  const held = await moved({ ...baseline.der, alpha: 5 });
  expect(held).toBeLessThan(0.7 * (await moved(baseline.experience_replay)));
});

/** The rank of a matrix, row-major, by elimination with full pivots in float64. */
function rankOf(matrix: Float32Array, columns: number): number {
  const rows = Array.from({ length: matrix.length / columns }, (_, i) =>
    Float64Array.from(matrix.subarray(i * columns, (i + 1) * columns)),
  );
  const largest = Math.max(...matrix.map(Math.abs));
  for (let rank = 0; ; rank++) {
    let [pivotRow, pivotColumn, pivot] = [-1, -1, 1e-5 * largest];
    rows.slice(rank).forEach((row, i) => {
      row.forEach((value, j) => {
        if (Math.abs(value) > pivot)
          [pivotRow, pivotColumn, pivot] = [rank + i, j, Math.abs(value)];
      });
    });
    if (pivotRow < 0) return rank;
    const [top, other] = [rows[pivotRow]!, rows[rank]!];
    [rows[rank], rows[pivotRow]] = [top, other];
    for (const row of rows.slice(rank + 1)) {
      const factor = at(row, pivotColumn) / at(top, pivotColumn);
      row.forEach((value, j) => (row[j] = value - factor * at(top, j)));
    }
  }
}
