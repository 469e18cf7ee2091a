import { describe, expect, test } from 'vitest';
import { resultTable } from '../../server/src/cli/result-table';
import { duration, percent, short } from '../../server/src/cli/format';
import { currentProgress, progressLine } from '../../server/src/cli/progress-line';
import { emptyRunView } from '../../server/src/protocol/run-view';
import type { Metrics, Report } from '../../server/src/protocol/generated';

const metrics = (names: string[]): Metrics => ({
  accuracy: Object.fromEntries(names.map((name) => [name, 0.9712])),
  loss: {},
  output_distance: { memory: 1, held_out: 0.01234 },
  sparsity: 0.8,
  arc_length: 34.12,
});

function report(names: string[], legs: string[]): Report {
  return {
    run: 'id',
    name: 'n',
    status: 'completed',
    backend: 'wasm',
    device: 'CPU',
    seed: 1,
    started: '',
    seconds: 1,
    start: metrics(names),
    legs: legs.map((leg, index) => ({
      leg,
      objective: 'sparsify',
      status: 'completed',
      steps: 3,
      seconds: 125,
      end: metrics(names),
      ...(index === 0 && { projected: metrics(names) }),
    })),
    baselines: [
      { baseline: 'fine_tune', leg: legs[0]!, steps: 3, seconds: 3, end: metrics(names) },
      { baseline: 'lottery_ticket', leg: legs[0]!, steps: 15, seconds: 9, end: metrics(names) },
    ],
    expectations: [],
  };
}

describe('result table', () => {
  test('has a row for the start and for each leg without and with a path', () => {
    expect(resultTable(report(['digits'], ['one', 'two']), 100, 8.2)).toEqual([
      '                             accuracy              output     arc',
      '                               digits  sparsity  distance  length       time',
      'start                          97.1 %    80.0 %    0.0123    34.1      8.2 s',
      'one',
      '  projected without a path     97.1 %    80.0 %    0.0123    34.1          –',
      '  after the path               97.1 %    80.0 %    0.0123    34.1  2 min 5 s',
      '  fine_tune                    97.1 %    80.0 %    0.0123    34.1      3.0 s',
      '  lottery_ticket (15 steps)    97.1 %    80.0 %    0.0123    34.1      9.0 s',
      'two',
      '  after the path               97.1 %    80.0 %    0.0123    34.1  2 min 5 s',
    ]);
  });

  test.each([40, 60, 80, 100])('stays within %i columns, whatever the names', (width) => {
    const names = Array.from({ length: 9 }, (_, index) => `data-set-number-${index}`.repeat(3));
    const lines = resultTable(report(names, ['a-leg-with-a-name'.repeat(9)]), width);
    expect(Math.max(...lines.map((line) => Array.from(line).length))).toBeLessThanOrEqual(width);
    // No column is lost: all of them go on below.
    expect(lines.join('\n').split('97.1 %')).toHaveLength(9 * 5 + 1);
  });

  test('shows what could not be measured as a dash', () => {
    const nothing = report(['digits'], ['one']);
    nothing.start = { accuracy: { digits: null }, loss: {}, sparsity: null };
    expect(resultTable(nothing, 100)[2]).toMatch(/^start +– +– +– +– +–$/);
  });
});

test('numbers are short and honest', () => {
  expect([0.97123, 0, 1, null, NaN].map(percent)).toEqual(['97.1 %', '0.0 %', '100.0 %', '–', '–']);
  expect([0, 0.012345, 5.758, 34.12, 107.4, 3.2e-7, 5e8, undefined].map(short)).toEqual([
    '0',
    '0.0123',
    '5.76',
    '34.1',
    '107',
    '3.2e-7',
    '5.0e+8',
    '–',
  ]);
  expect([8.24, 59.94, 59.96, 125, 3599.7, 3840].map(duration)).toEqual([
    '8.2 s',
    '59.9 s',
    '1 min 0 s',
    '2 min 5 s',
    '1 h 0 min',
    '1 h 4 min',
  ]);
});

describe('progress', () => {
  test('nothing is at work before the first event', () => {
    expect(currentProgress(emptyRunView())).toBeUndefined();
  });

  test.each([40, 60, 90])('the line fits %i columns', (width) => {
    const progress = { phase: 'a-very-long-leg-name', fraction: 0.5, note: 'step 5/10  x 97.1 %' };
    const line = progressLine(progress, 12, width);
    expect(Array.from(line).length).toBeLessThanOrEqual(width);
    expect(line).toMatch(/^a-very-long-leg… █+░+ +50 %/);
  });
});
