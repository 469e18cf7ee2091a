import { describe, expect, test } from 'vitest';
import type { Point } from '../../client/webview/model/charts/chart-model';
import { csvOf, jsonOf } from '../../client/webview/model/charts/data-table';
import { decimate, thinned } from '../../client/webview/model/charts/decimate';
import { zoomByKey } from '../../client/webview/view/chart-zoom';

const long = Array.from({ length: 100_000 }, (_, x): Point => [x, Math.sin(x / 9000)]);

describe('a long curve', () => {
  test('keeps its spikes and gaps, and its order, in few points', () => {
    const odd = long.map(([x, y]): Point => [x, x === 41_234 ? 99 : x === 70_001 ? null : y]);
    const seen = decimate(odd, 0, 100_000);
    expect(seen.length).toBeLessThan(2500);
    expect(seen).toContainEqual([41_234, 99]);
    expect(seen).toContainEqual([70_001, null]);
    expect(seen.every(([x], index) => index === 0 || x >= (seen[index - 1]?.[0] ?? 0))).toBe(true);
  });

  test('has all its points in a small window, and one on each side of it', () => {
    const seen = decimate(long, 500, 700);
    expect(seen[0]?.[0]).toBe(499);
    expect(seen.at(-1)?.[0]).toBe(701);
    expect(seen).toHaveLength(203);
  });

  test('is left as it is where it is short', () => {
    const short = long.slice(0, 100);
    expect(decimate(short, 0, 10)).toBe(short);
    expect(decimate([], 0, 1)).toEqual([]);
  });

  test('is thinned with its ends', () => {
    expect(thinned([1, 2, 3, 4, 5, 6, 7], 3)).toEqual([1, 4, 7]);
    expect(thinned([1, 2], 3)).toEqual([1, 2]);
  });
});

test('values are written for other programs as they are', () => {
  const table = {
    columns: ['a,b', 'c'],
    rows: [
      ['x "y"', null],
      ['z', 0.1],
    ],
  };
  expect(csvOf(table)).toBe('"a,b",c\r\n"x ""y""",\r\nz,0.1\r\n');
  expect(JSON.parse(jsonOf(table))).toEqual([
    { 'a,b': 'x "y"', c: null },
    { 'a,b': 'z', c: 0.1 },
  ]);
});

test('keys zoom in, out and sideways, never past the ends', () => {
  expect(zoomByKey('+', { start: 0, end: 100 })).toEqual({ start: 25, end: 75 });
  expect(zoomByKey('-', { start: 10, end: 60 })).toEqual({ start: 0, end: 85 });
  expect(zoomByKey('ArrowRight', { start: 50, end: 95 })).toEqual({ start: 55, end: 100 });
  expect(zoomByKey('0', { start: 50, end: 95 })).toEqual({ start: 0, end: 100 });
  expect(zoomByKey('x', { start: 50, end: 95 })).toBeUndefined();
});
