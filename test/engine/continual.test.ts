/** Matrices of continual learning, on reports made by hand. */
import { describe, expect, test } from 'vitest';
import { continualTable } from '../../server/src/cli/continual-table';
import { continualOf } from '../../server/src/engine/metrics/continual';
import { taskMatrix } from '../../server/src/engine/metrics/task-matrix';
import type { LegReport, Metrics } from '../../server/src/protocol/generated';
import type { Experiment } from '../../server/src/spec/experiment';
import { continualHeat } from '../../client/webview/model/continual-heat';
import { continualTables } from '../../client/webview/model/continual-table';

const rows = [
  { after: 'start', values: [0.9, 0.2, 0.1] },
  { after: 'b', values: [0.8, 0.7, 0.3] },
  { after: 'c', values: [0.6, 0.75, 0.5] },
];

describe('a matrix of tasks', () => {
  test('comes to what the papers say', () => {
    const found = taskMatrix(rows, ['start', 'b', 'c'], [0.1, 0.1, 0.1]);
    expect(found.average_accuracy).toBeCloseTo((0.6 + 0.75 + 0.5) / 3, 12);
    expect(found.forgetting).toBeCloseTo((0.9 - 0.6 + (0.7 - 0.75)) / 2, 12);
    expect(found.backward_transfer).toBeCloseTo((0.6 - 0.9 + (0.75 - 0.7)) / 2, 12);
    expect(found.forward_transfer).toBeCloseTo((0.2 - 0.1 + (0.3 - 0.1)) / 2, 12);
  });

  test('counts a later leg that learns nothing, for what it forgets', () => {
    const pruned = [...rows, { after: 'prune', values: [0.6, 0.75, 0.2] }];
    const found = taskMatrix(pruned, ['start', 'b', 'c'], [0, 0, 0]);
    expect(found.forgetting).toBeCloseTo((0.3 + 0 + 0.3) / 3, 12);
    expect(found.backward_transfer).toBeCloseTo((-0.3 + 0.05 - 0.3) / 3, 12);
  });

  test('of a path that stopped counts the tasks that it came to', () => {
    const found = taskMatrix(rows.slice(0, 2), ['start', 'b', 'c'], [0, 0, 0]);
    expect(found.average_accuracy).toBeCloseTo(0.75, 12);
    expect(found.forward_transfer).toBeCloseTo(0.2, 12);
    expect(taskMatrix(rows.slice(0, 1), ['start', 'b', 'c'], [0, 0, 0])).toMatchObject({
      average_accuracy: 0.9,
      forgetting: null,
      backward_transfer: null,
      forward_transfer: null,
    });
  });

  test('has nulls where a value was not measured', () => {
    const holed = [rows[0]!, { after: 'b', values: [null, 0.7, 0.3] }];
    expect(taskMatrix(holed, ['start', 'b', 'c'], [0, 0, 0])).toMatchObject({
      average_accuracy: null,
      forgetting: null,
    });
  });
});

const metrics = (values: readonly number[], within?: readonly number[]): Metrics => {
  const named = (numbers: readonly number[]) => ({
    'd-1': numbers[0] ?? null,
    'd-2': numbers[1] ?? null,
    'd-3': numbers[2] ?? null,
  });
  return {
    accuracy: named(values),
    ...(within && { accuracy_within: named(within) }),
    loss: {},
    sparsity: 0,
  };
};
const leg = (name: string, values: readonly number[], status: LegReport['status'] = 'completed') =>
  ({
    ...{ leg: name, objective: 'learn', status, steps: 1, seconds: 1 },
    end: metrics(values, values),
  }) satisfies LegReport;
const experiment = (on: string | string[]) =>
  ({
    data: { d: { format: 'glyphs', tasks: { by: 'classes', count: 3 } } },
    model: { classes: 10 },
    start: { train: { on: 'd-1' } },
    path: [{ leg: 'more', objective: { type: 'learn', on }, keep: { on: 'd-1' } }],
  }) as unknown as Experiment;
const start = metrics(rows[0]!.values, rows[0]!.values);
const legs = [leg('more:d-2', rows[1]!.values), leg('more:d-3', rows[2]!.values)];

describe('continual learning in a report', () => {
  test('follows the legs that are walked, with the chance of each metric', () => {
    const found = continualOf(experiment('d'), { start, legs, baselines: [] }, () => 2);
    expect(found?.tasks).toEqual([
      { task: 'd-1', leg: 'start' },
      { task: 'd-2', leg: 'more:d-2' },
      { task: 'd-3', leg: 'more:d-3' },
    ]);
    expect(found?.accuracy.rows.map(({ values }) => values)).toEqual(
      rows.map(({ values }) => values),
    );
    expect(found?.accuracy.forward_transfer).toBeCloseTo(0.25 - 0.1, 12);
    expect(found?.accuracy_within?.forward_transfer).toBeCloseTo(0.25 - 0.5, 12);
  });

  test('holds baselines against the path', () => {
    const baselines = legs.map(({ leg: name }, i) => ({
      ...{ baseline: 'replay', leg: name, steps: 1, seconds: 1 },
      end: metrics([0.5, 0.4, i * 0.3]),
    }));
    const found = continualOf(experiment('d'), { start, legs, baselines }, () => undefined);
    expect(found?.accuracy_within).toBeUndefined();
    expect(found?.baselines).toHaveLength(1);
    expect(found?.baselines[0]?.baseline).toBe('replay');
    expect(found?.baselines[0]?.accuracy.average_accuracy).toBeCloseTo(0.4, 12);
    expect(found?.baselines[0]?.accuracy.backward_transfer).toBeCloseTo(-0.2, 12);
  });

  test('is left out where fewer than two tasks are learnt, and before there is a network', () => {
    const one = continualOf(experiment('d-2'), { start, legs, baselines: [] }, () => 2);
    const none = continualOf(experiment('d'), { legs: [], baselines: [] }, () => 2);
    expect([one, none]).toEqual([undefined, undefined]);
  });

  test('leaves a leg out that was not walked to its end', () => {
    const stopped = [legs[0]!, leg('more:d-3', [0, 0, 0], 'stopped')];
    const found = continualOf(experiment('d'), { start, legs: stopped, baselines: [] }, () => 2);
    expect(found?.accuracy.rows.map(({ after }) => after)).toEqual(['start', 'more:d-2']);
  });

  test('of read weights takes what is kept first for what the network knows', () => {
    const read = { ...experiment('d'), start: { weights: 'w.safetensors' } };
    const found = continualOf(read, { start, legs, baselines: [] }, () => 2);
    expect(found?.tasks[0]).toEqual({ task: 'd-1', leg: 'start' });
  });
});

describe('its tables', () => {
  const continual = continualOf(experiment('d'), { start, legs, baselines: [] }, () => 2)!;

  test('on the command line', () => {
    expect(continualTable(continual, 100)).toEqual([
      'accuracy      on      on      on',
      'after        d-1     d-2     d-3',
      'start     90.0 %  20.0 %  10.0 %',
      'more:d-2  80.0 %  70.0 %  30.0 %',
      'more:d-3  60.0 %  75.0 %  50.0 %',
      '',
      '                        average              backward   forward',
      'tasks learnt so far    accuracy  forgetting  transfer  transfer',
      'this path                61.7 %      12.5 %  -12.5 pp  +15.0 pp',
      'this path, task known    61.7 %      12.5 %  -12.5 pp  -25.0 pp',
    ]);
  });

  test('in the results panel', () => {
    const words = (text: string, ...values: unknown[]) =>
      text.replaceAll(/\{(\d)\}/g, (_, place: string) => String(values[Number(place)]));
    const [after] = continualHeat(continual, words);
    const values = (row: number) => after?.rows[row]?.cells.map((cell) => cell?.value ?? undefined);
    expect(after?.heads).toEqual(['After', 'd-1', 'd-2', 'd-3']);
    expect(values(2)).toEqual([0.6, 0.75, 0.5]);
    // Their mean, over the tasks learnt before the last moment, is the forgetting of the report.
    const [first = NaN, second = NaN, last] = values(3) ?? [];
    expect([first, second].map((value) => value.toFixed(9))).toEqual([
      '0.300000000',
      '-0.050000000',
    ]);
    expect(last).toBeUndefined();
    expect((first + second) / 2).toBeCloseTo(continual.accuracy.forgetting ?? NaN, 9);
    const [sums] = continualTables(continual, words);
    expect(sums?.rows[1]?.slice(0, 3)).toEqual([
      'This path, task known',
      '61.7\u202f%',
      '12.5\u202f%',
    ]);
    expect(continualTables(undefined, words)).toEqual([]);
  });
});
