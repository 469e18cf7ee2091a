import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Random } from '../../server/src/engine/random';

function draws(random: Random, count: number): number[] {
  return Array.from({ length: count }, () => random.next());
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (x: readonly number[]) => x.reduce((sum, value) => sum + value, 0) / x.length;
  const [ma, mb] = [mean(a), mean(b)];
  const product = (x: readonly number[], mx: number, y: readonly number[], my: number) =>
    x.reduce((sum, value, i) => sum + (value - mx) * (y[i]! - my), 0);
  return product(a, ma, b, mb) / Math.sqrt(product(a, ma, a, ma) * product(b, mb, b, mb));
}

describe('Random', () => {
  test('gives known values, so that runs stay the same over releases and platforms', () => {
    const random = Random.of(7, 'weights');
    expect(draws(random, 4)).toEqual(KNOWN_UNIFORM);
    expect([random.integer(10), random.integer(1000), random.integer(2 ** 32)]).toEqual(
      KNOWN_INTEGERS,
    );
    expect([...random.permutation(8)]).toEqual(KNOWN_PERMUTATION);
    expect([random.normal(), random.normal(), random.normal()].map((x) => x.toFixed(12))).toEqual(
      KNOWN_NORMAL,
    );
  });

  test('equal keys give equal streams', () => {
    expect(draws(Random.of(1, 'a', 2), 50)).toEqual(draws(Random.of(1, 'a', 2), 50));
  });

  test.each([
    [[1], ['1']],
    [
      ['ab', 'c'],
      ['a', 'bc'],
    ],
    [
      [1, 2],
      [2, 1],
    ],
    [[0], [1]],
    [[], ['']],
    [
      ['seed', 1],
      ['seed', 1, 0],
    ],
  ])('streams of the keys %j and %j are independent', (a, b) => {
    const [x, y] = [draws(Random.of(...a), 20_000), draws(Random.of(...b), 20_000)];
    expect(x.slice(0, 3)).not.toEqual(y.slice(0, 3));
    expect(Math.abs(correlation(x, y))).toBeLessThan(0.04);
  });

  test('first draws of neighbouring seeds are uniform too', () => {
    const first = Array.from({ length: 20_000 }, (_, seed) => Random.of(seed).next());
    expect(
      chiSquare(
        first.map((x) => Math.floor(x * 100)),
        100,
      ),
    ).toBeLessThan(CHI_SQUARE_99);
    expect(Math.abs(correlation(first.slice(1), first.slice(0, -1)))).toBeLessThan(0.04);
  });

  test('next is uniform in [0, 1) and its neighbours do not depend on each other', () => {
    const values = draws(Random.of('uniform'), 100_000);
    expect(Math.min(...values.slice(0, 50_000))).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values.slice(0, 50_000))).toBeLessThan(1);
    expect(
      chiSquare(
        values.map((x) => Math.floor(x * 100)),
        100,
      ),
    ).toBeLessThan(CHI_SQUARE_99);
    expect(Math.abs(correlation(values.slice(1), values.slice(0, -1)))).toBeLessThan(0.02);
  });

  test('integer is uniform', () => {
    const random = Random.of('integer');
    const values = Array.from({ length: 100_000 }, () => random.integer(100));
    expect(chiSquare(values, 100)).toBeLessThan(CHI_SQUARE_99);
  });

  test('integer has no bias where the limit does not divide 2^32', () => {
    // With a plain remainder, numbers below 2^30 would be half of all instead of a third.
    const random = Random.of('bias');
    const small = Array.from({ length: 30_000 }, () => random.integer(3 * 2 ** 30)).filter(
      (x) => x < 2 ** 30,
    );
    expect(small.length / 30_000).toBeCloseTo(1 / 3, 1);
  });

  test.each([0, -1, 1.5, NaN, 2 ** 33])('integer refuses the limit %s', (limit) => {
    expect(() => Random.of(1).integer(limit)).toThrow(RangeError);
  });

  test('normal has the moments of the normal distribution', () => {
    const random = Random.of('normal');
    const values = Array.from({ length: 100_000 }, () => random.normal());
    const moment = (power: number) =>
      values.reduce((sum, value) => sum + value ** power, 0) / values.length;
    expect(Math.abs(moment(1))).toBeLessThan(0.015);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.02);
    expect(Math.abs(moment(3))).toBeLessThan(0.05);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.15);
  });

  test('a permutation holds each number once', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 0, max: 300 }), (seed, n) => {
        const sorted = [...Random.of(seed).permutation(n)].sort((a, b) => a - b);
        expect(sorted).toEqual(Array.from({ length: n }, (_, i) => i));
      }),
    );
  });

  test('each number is as likely at each place of a permutation', () => {
    const counts = new Array<number>(16).fill(0);
    for (let seed = 0; seed < 8000; seed++) {
      Random.of(seed)
        .permutation(4)
        .forEach((value, place) => counts[place * 4 + value]!++);
    }
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(200);
  });

  test('a sample holds k distinct numbers below n', () => {
    const sizes = fc
      .integer({ min: 0, max: 200 })
      .chain((n) => fc.tuple(fc.constant(n), fc.integer({ min: 0, max: n })));
    fc.assert(
      fc.property(fc.integer(), sizes, (seed, [n, k]) => {
        const sample = Random.of(seed).sample(n, k);
        expect(sample.length).toBe(k);
        expect(new Set(sample).size).toBe(k);
        expect(sample.every((value) => value < n)).toBe(true);
      }),
    );
  });

  test('a sample larger than its population is refused', () => {
    expect(() => Random.of(1).sample(3, 4)).toThrow('4 distinct numbers of 3');
  });
});

/** 99.9 % quantile of chi-square with 99 degrees of freedom. */
const CHI_SQUARE_99 = 148.2;

function chiSquare(values: readonly number[], cells: number): number {
  const counts = new Array<number>(cells).fill(0);
  for (const value of values) counts[value]!++;
  const expected = values.length / cells;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

const KNOWN_UNIFORM = [
  0.560082092056997, 0.15156516190545, 0.2897525114831353, 0.008162559822872617,
];
const KNOWN_INTEGERS = [7, 540, 611085630];
const KNOWN_PERMUTATION = [6, 7, 0, 1, 3, 4, 5, 2];
const KNOWN_NORMAL = ['1.351575693166', '0.015862982660', '-0.512732412026'];
