import type { RunRow, RunSummary } from '../../../server/src/protocol/messages';
import type { Translate } from '../../../server/src/protocol/run-progress';
import { runName } from '../../../server/src/protocol/run-name';
import type { DataTable } from './charts/data-table';
import { duration, moment, number, percent } from './format';

export type CellValue = string | number | boolean | null | undefined;

/** A column of the table of runs. */
export interface RunsColumn {
  /** What it is sorted by and known as: `started`, a parameter's path or a metric's name. */
  id: string;
  kind: 'fact' | 'parameter' | 'metric';
  label: string;
}

export interface RunsTableRow {
  run: string;
  name: string;
  status: RunSummary['status'];
  values: CellValue[];
}

export interface RunsTable {
  columns: RunsColumn[];
  rows: RunsTableRow[];
}

export interface Sorting {
  column: string;
  descending: boolean;
}

/** The name is no measure and the spec is the same for all: neither is a parameter that somebody varies. */
const LEFT_OUT = ['name', 'fip'];

/** Runs with the parameters in which they differ and what was measured last; sorted, or newest first. */
export function runsTable(
  summaries: readonly RunSummary[],
  rows: ReadonlyMap<string, RunRow>,
  sorting: Sorting | undefined,
  t: Translate,
): RunsTable {
  const known = summaries.flatMap(({ run }) => rows.get(run) ?? []);
  const columns = [
    { id: 'started', kind: 'fact' as const, label: t('Started') },
    ...differing(known).map((id) => ({ id, kind: 'parameter' as const, label: id })),
    ...metricsOf(known).map((id) => ({ id, kind: 'metric' as const, label: metricLabel(id, t) })),
  ];
  const table = summaries.map((summary) => ({
    run: summary.run,
    name: runName(summary),
    status: summary.status,
    values: columns.map((column) => valueOf(column, summary, rows.get(summary.run))),
  }));
  return { columns, rows: sorted(table, columns, sorting) };
}

/** The values of the table as they are. */
export function runsData({ columns, rows }: RunsTable): DataTable {
  return {
    columns: ['run', 'status', ...columns.map(({ id }) => id)],
    rows: rows.map(({ name, status, values }) => [
      name,
      status,
      ...values.map((value) => value ?? null),
    ]),
  };
}

/** The parameters that do not have one value in all rows. */
export function differing(rows: readonly RunRow[]): string[] {
  const names = [...new Set(rows.flatMap(({ parameters }) => Object.keys(parameters)))];
  return names.filter(
    (name) =>
      !LEFT_OUT.includes(name) && new Set(rows.map(({ parameters }) => parameters[name])).size > 1,
  );
}

/** The metrics of rows that people choose runs by; the others are in the comparison. */
export function metricsOf(rows: readonly RunRow[], all = false): string[] {
  const names = [...new Set(rows.flatMap(({ metrics }) => Object.keys(metrics)))];
  const wanted = (name: string) =>
    all || /^(accuracy\.|sparsity$|output_distance\.held_out$|arc_length$|seconds$)/.test(name);
  return names.filter(
    (name) => wanted(name) && rows.some(({ metrics }) => typeof metrics[name] === 'number'),
  );
}

/** A metric's name as people say it: `accuracy on digits`. */
export function metricLabel(id: string, t: Translate): string {
  if (id === 'seconds') return t('Time');
  const [metric = id, ...on] = id.split('.');
  const words = metric.replaceAll('_', ' ');
  return on.length === 0
    ? words
    : t('{0} on {1}', words, on.join('.').replace('held_out', 'held out'));
}

/** A value of a column as text. */
export function valueWords({ id, kind }: RunsColumn, value: CellValue): string {
  if (value === undefined || value === null) return '–';
  if (id === 'started') return moment(String(value));
  if (kind !== 'metric' || typeof value !== 'number') return String(value);
  if (id === 'seconds') return duration(value);
  return isShare(id) ? percent(value) : number(value);
}

/** Whether a metric is a share, 0 to 1. */
export function isShare(metric: string): boolean {
  return /^(accuracy|accuracy_within|sparsity)(\.|$)/.test(metric);
}

function valueOf(
  { id, kind }: RunsColumn,
  { started }: RunSummary,
  row: RunRow | undefined,
): CellValue {
  if (kind === 'fact') return started;
  return kind === 'parameter' ? row?.parameters[id] : row?.metrics[id];
}

/** What was not measured comes last, in either direction. */
function sorted(
  rows: RunsTableRow[],
  columns: readonly RunsColumn[],
  sorting: Sorting | undefined,
): RunsTableRow[] {
  const index = columns.findIndex(({ id }) => id === sorting?.column);
  if (!sorting || index < 0) return rows;
  const sign = sorting.descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [a.values[index] ?? undefined, b.values[index] ?? undefined];
    if (x === undefined || y === undefined)
      return Number(x === undefined) - Number(y === undefined);
    return sign * order(x, y);
  });
}

function order(a: string | number | boolean, b: string | number | boolean): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), undefined, { numeric: true });
}
