import { describe, expect, test } from 'vitest';
import type { FromPanel } from '../../client/src/results/messages';
import { comparisonCharts } from '../../client/webview/model/charts/comparison-charts';
import { chartSheet } from '../../client/webview/model/charts/chart-sheet';
import { Comparison } from '../../client/webview/model/comparison';
import { comparisonTable } from '../../client/webview/model/comparison-table';
import { runsTable } from '../../client/webview/model/runs-table';
import type { RunRow } from '../../server/src/protocol/messages';
import { flatParameters, runRow } from '../../server/src/runs/run-row';
import { emptyRunView, foldEvents } from '../../server/src/protocol/run-view';
import { t } from '../client/plain-words';
import { summary, wholeRun } from './synthetic-run';

const NAMES = ['calm-otter', 'brave-finch', 'wise-newt'];
const summaries = NAMES.map((nickname, index) =>
  summary({
    run: nickname,
    nickname,
    status: 'completed',
    started: `2026-03-0${3 - index}T09:00:00.000Z`,
  }),
);
const rows = NAMES.map((run, index): RunRow => ({
  run,
  parameters: {
    name: run,
    seed: 7,
    'path.0.keep.memory': [50, 500, 50][index]!,
    'path.0.solver.type': index < 2 ? 'geodesic' : 'penalty',
  },
  metrics: {
    'accuracy.digits': [0.97, 0.99, null][index]!,
    sparsity: 0.8,
    'loss.digits': 0.1 * index,
    seconds: 60,
  },
}));
const byRun = new Map(rows.map((row) => [row.run, row]));

describe('the row of a run', () => {
  test('has the values of its experiment by path, lists of plain values as one', () => {
    const experiment = {
      seed: 7,
      model: { hidden: [300, 100] },
      path: [{ keep: { memory: 50 } }],
      none: null,
    };
    expect(flatParameters(experiment)).toEqual({
      seed: 7,
      'model.hidden': '300, 100',
      'path.0.keep.memory': 50,
    });
    expect(flatParameters(undefined)).toEqual({});
  });

  test('has what was measured last', () => {
    const { metrics } = runRow('a', foldEvents(wholeRun('a')), undefined);
    expect(metrics['accuracy.fashion']).toBeCloseTo(0.86, 9);
    expect(metrics['seconds']).toBe(55);
    expect(runRow('a', emptyRunView(), {}).metrics).toEqual({});
  });
});

describe('the table of runs', () => {
  const labels = (table: ReturnType<typeof runsTable>) => table.rows.map(({ run }) => run);
  const sortedBy = (column: string, descending: boolean) =>
    labels(runsTable(summaries, byRun, { column, descending }, t));

  test('has the parameters that differ and the metrics that were measured', () => {
    const { columns } = runsTable(summaries, byRun, undefined, t);
    expect(columns.map(({ label }) => label)).toEqual([
      'Started',
      'path.0.keep.memory',
      'path.0.solver.type',
      'accuracy on digits',
      'sparsity',
      'Time',
    ]);
  });

  test('is sorted by numbers as numbers; what was not measured comes last either way', () => {
    expect(sortedBy('accuracy.digits', true)).toEqual(['brave-finch', 'calm-otter', 'wise-newt']);
    expect(sortedBy('accuracy.digits', false)).toEqual(['calm-otter', 'brave-finch', 'wise-newt']);
    expect(sortedBy('path.0.keep.memory', true)[0]).toBe('brave-finch');
    expect(sortedBy('started', false)[0]).toBe('wise-newt');
    expect(sortedBy('no such column', true)).toEqual(NAMES);
  });

  test('has all of many runs', () => {
    const many = Array.from({ length: 700 }, (_, index) => summary({ run: `r${index}` }));
    expect(runsTable(many, new Map(), undefined, t).rows).toHaveLength(700);
  });
});

describe('a comparison', () => {
  function chosen(count = 3) {
    const posted: FromPanel[] = [];
    const comparison = new Comparison((message) => posted.push(message));
    comparison.know(summaries);
    comparison.receive({ type: 'rows', rows });
    for (const run of NAMES.slice(0, count)) comparison.toggle(run);
    return { comparison, posted };
  }

  test('asks for rows once, and for events from two runs on', () => {
    const { comparison, posted } = chosen(1);
    comparison.know(summaries);
    expect(posted).toEqual([{ type: 'ask-rows', runs: NAMES }]);
    expect(comparison.runs).toEqual([]);
    comparison.toggle('brave-finch');
    expect(posted.slice(1)).toEqual([
      { type: 'follow', runs: ['calm-otter', 'brave-finch'] },
      { type: 'fetch', run: 'calm-otter', from: 0 },
      { type: 'fetch', run: 'brave-finch', from: 0 },
    ]);
    comparison.clear();
    expect(posted.at(-1)).toEqual({ type: 'follow', runs: [] });
  });

  test('takes runs of other specs, and leaves out one that is gone', () => {
    const { comparison } = chosen();
    const other = summary({ run: 'other', uri: 'file:///project/b.fip.yaml' });
    comparison.receive({ type: 'compare', runs: [other, summaries[0]!] });
    expect(comparison.runs.map((one) => one.summary.run)).toEqual(['other', 'calm-otter']);
    comparison.know(summaries.slice(1));
    expect(comparison.chosen).toEqual(['other', 'calm-otter']);
  });

  test('lays curves over each other and runs across their parameters and metrics', () => {
    const { comparison } = chosen();
    for (const run of NAMES)
      comparison.receive({ type: 'events', run, from: 0, events: wholeRun(run) });
    const charts = comparisonCharts(comparison.runs, t);
    expect(charts.map(({ id }) => id)).toEqual([
      'compare-parallel',
      'compare-accuracy-digits',
      'compare-accuracy-fashion',
      'compare-sparsity',
      'compare-distance',
    ]);
    expect(charts[1]?.series.map(({ name }) => name)).toEqual(NAMES);
    expect(chartSheet(charts[0]!, t).rows[1]).toEqual([
      'brave-finch',
      '500',
      'geodesic',
      '99.0\u202f%',
      '80.0\u202f%',
      '60',
    ]);
  });

  test('tells what differs, with the change against the first run', () => {
    const { comparison } = chosen();
    const table = comparisonTable(comparison.runs, t);
    expect(table.heads).toEqual(['', ...NAMES]);
    expect(table.rows[0]).toEqual(['path.0.keep.memory', '50', '500', '50']);
    expect(table.rows[2]).toEqual(['accuracy on digits', '97.0\u202f%', '99.0\u202f% (+2.0)', '–']);
    expect(table.rows.map(([name]) => name)).toContain('loss on digits');
    expect(table.rows.map(([name]) => name)).not.toContain('seed');
  });
});
