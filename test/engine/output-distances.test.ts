/** Each output distance against its definition in float64, on every backend. */
import { describe, expect, test } from 'vitest';
import type { Tensor } from '../../server/src/engine/backends/backend';
import { DISTANCES } from '../../server/src/engine/geometry/distances';
import { Random } from '../../server/src/engine/random';
import { backendsToTest } from './backends';
import { relativeError } from './dense-algebra';

const [ROWS, WIDTH] = [6, 5];

function normals(name: string, scale = 1): Float32Array {
  const random = Random.of('distances', name);
  return Float32Array.from({ length: ROWS * WIDTH }, () => scale * random.normal());
}

const z = normals('z', 2);
const anchor = normals('anchor', 2);
const t = normals('t');
const u = normals('u');

function softmax(row: number[]): number[] {
  const powers = row.map((value) => Math.exp(value - Math.max(...row)));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
const centred = (row: number[]) => row.map((value) => value - sum(row) / row.length);

/** The definitions, of one row. */
const definitions: Record<keyof typeof DISTANCES, (a: number[], b: number[]) => number> = {
  logits: (a, b) => sum(a.map((value, i) => (value - b[i]!) ** 2)),
  centred_logits: (a, b) => definitions.logits(centred(a), centred(b)),
  probabilities: (a, b) => definitions.logits(softmax(a), softmax(b)),
  fisher: (a, b) => 8 * (1 - overlap(a, b)),
  bhattacharyya: (a, b) => -Math.log(overlap(a, b)),
  kl: (a, b) => sum(softmax(b).map((q, i) => q * Math.log(q / softmax(a)[i]!))),
};

function overlap(a: number[], b: number[]): number {
  const [p, q] = [softmax(a), softmax(b)];
  return sum(p.map((value, i) => Math.sqrt(value * q[i]!)));
}

/** The metric of one row: half the second derivative of the distance at zero distance, t^T G t. */
const metrics: Record<keyof typeof DISTANCES, (row: number[], t: number[]) => number> = {
  logits: (_row, v) => sum(v.map((value) => value ** 2)),
  centred_logits: (_row, v) => sum(centred(v).map((value) => value ** 2)),
  probabilities: (row, v) => {
    const p = softmax(row);
    const mean = sum(p.map((q, i) => q * v[i]!));
    return sum(p.map((q, i) => (q * (v[i]! - mean)) ** 2));
  },
  fisher: (row, v) => {
    const p = softmax(row);
    const mean = sum(p.map((q, i) => q * v[i]!));
    return sum(p.map((q, i) => q * (v[i]! - mean) ** 2));
  },
  bhattacharyya: (row, v) => metrics.fisher(row, v) / 8,
  kl: (row, v) => metrics.fisher(row, v) / 2,
};

const rows = (values: ArrayLike<number>) =>
  Array.from({ length: ROWS }, (_, i) =>
    Array.from({ length: WIDTH }, (_unused, j) => values[i * WIDTH + j] ?? 0),
  );
const overRows = (
  of: (row: number[], other: number[]) => number,
  a: ArrayLike<number>,
  b: ArrayLike<number>,
) => sum(rows(a).map((row, i) => of(row, rows(b)[i]!)));

const names = Object.keys(DISTANCES) as (keyof typeof DISTANCES)[];

describe.each(names)('the distance `%s`', (name) => {
  const distance = DISTANCES[name];

  test('is what its definition says', () => {
    const expected = overRows(definitions[name], z, anchor);
    expect(distance.sum(z, anchor, WIDTH) / expected).toBeCloseTo(1, 9);
    expect(distance.sum(z, z, WIDTH)).toBeCloseTo(0, 12);
  });

  test('stays finite where probabilities vanish', () => {
    const sure = Float32Array.from([300, 0, 0, 0, -300]);
    const other = Float32Array.from([-300, 0, 0, 0, 300]);
    expect(Number.isFinite(distance.sum(sure, other, WIDTH))).toBe(true);
  });

  test('has the metric of its embedding, to second order', () => {
    const small = 1e-3;
    const moved = z.map((value, i) => value + small * (t[i] ?? 0));
    const expected = small ** 2 * overRows(metrics[name], z, t);
    expect(distance.sum(moved, z, WIDTH) / expected).toBeCloseTo(1, 2);
  });
});

const cases = (await backendsToTest()).flatMap((backend) =>
  names.map((name) => ({ name, on: backend.name, backend })),
);

describe.each(cases)('the distance `$name` on $on', ({ name, backend }) => {
  const distance = DISTANCES[name];
  const tensor = (values: Float32Array): Tensor => backend.tensor(values, [ROWS, WIDTH]);
  const read = (result: Tensor) => backend.read(result);

  test('|S t|^2 is the metric, and S^T the transpose of S', () =>
    backend.scope(async () => {
      const { tangent, cotangent } = distance.embed(backend, tensor(z));
      const [st, su] = [await read(tangent(tensor(t))), await read(cotangent(tensor(u)))];
      const length = sum([...st].map((value) => value ** 2));
      expect(length / overRows(metrics[name], z, t)).toBeCloseTo(1, 4);
      const inner = (a: Float32Array, b: Float32Array) =>
        sum([...a].map((value, i) => value * b[i]!));
      expect(inner(st, u) / inner(t, su)).toBeCloseTo(1, 4);
    }));

  test('the gradient is that of the distance, by central differences', () =>
    backend.scope(async () => {
      const gradient = await read(distance.gradient(backend, tensor(z), tensor(anchor)));
      const step = 1e-5;
      const expected = Array.from(z, (_, i) => {
        const at = (by: number) =>
          overRows(
            definitions[name],
            Array.from(z, (value, j) => value + (i === j ? by : 0)),
            anchor,
          );
        return (at(step) - at(-step)) / (2 * step);
      });
      expect(relativeError(gradient, expected)).toBeLessThan(1e-5);
    }));

  test('the embedding moves as its derivative says', () =>
    backend.scope(async () => {
      const small = 1e-2;
      const moved = (by: number) => z.map((value, i) => value + by * (t[i] ?? 0));
      const [forth, back] = [small, -small].map(
        (by) => distance.embed(backend, tensor(moved(by))).values,
      );
      const difference = backend.scale(backend.subtract(forth!, back!), 1 / (2 * small));
      const { tangent } = distance.embed(backend, tensor(z));
      expect(
        relativeError(await read(difference), [...(await read(tangent(tensor(t))))]),
      ).toBeLessThan(1e-3);
    }));
});
