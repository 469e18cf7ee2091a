import { placeAt, type Row } from './chart-place';
import type { AnyChart, ChartModel, ParallelModel, PlaneModel } from './chart-model';
import { chartRows } from './chart-words';

/** Measured values as they are, for other programs to read. */
export interface DataTable {
  columns: string[];
  rows: Row[];
}

/** The values of a chart: a row for each checkpoint, step, point or run. */
export function chartData(chart: AnyChart): DataTable {
  switch (chart.kind) {
    case 'path':
      return pathData(chart);
    case 'plane':
      return planeData(chart);
    case 'parallel':
      return parallelData(chart);
  }
}

function pathData(chart: ChartModel): DataTable {
  return {
    columns: ['leg', 'step', ...chart.series.map(({ name }) => name)],
    rows: chartRows(chart).map(({ x, again, values }) => {
      const { leg, step } = placeAt(chart, x, again);
      return [leg, step, ...chart.series.map((_, index) => values[index] ?? null)];
    }),
  };
}

function planeData({ x, y, series }: PlaneModel): DataTable {
  return {
    columns: ['curve', 'point', x.name, y.name],
    rows: series.flatMap(({ name, points }) =>
      points.map((point): Row => [name, point.label, point.x, point.y]),
    ),
  };
}

function parallelData({ axes, series }: ParallelModel): DataTable {
  return {
    columns: ['run', ...axes.map(({ name }) => name)],
    rows: series.map(({ name, values }) => [name, ...values]),
  };
}

/** Comma-separated values with a header (RFC 4180); what was not measured is empty. */
export function csvOf({ columns, rows }: DataTable): string {
  return [columns, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

/** A list of rows by the names of their columns. */
export function jsonOf({ columns, rows }: DataTable): string {
  const records = rows.map((row) =>
    Object.fromEntries(columns.map((column, index) => [column, row[index] ?? null])),
  );
  return `${JSON.stringify(records, undefined, 2)}\n`;
}

function csvCell(value: Row[number]): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
