import type { BaselineReport, LegReport, Metrics, Report } from '../protocol/generated';
import { duration, NONE, percent, plural, short } from './format';
import { renderTable, type Column } from './table';

interface Row {
  label: string;
  metrics?: Metrics | undefined;
  seconds?: number | undefined;
}

/** The outcome of a run as lines: the start, then each leg without and with a path, and the baselines beside it. */
export function resultTable(report: Report, width: number, startSeconds?: number): string[] {
  const rows = resultRows(report, startSeconds);
  const names = [...new Set(rows.flatMap(({ metrics }) => Object.keys(metrics?.accuracy ?? {})))];
  return renderTable(
    tableColumns(names),
    rows.map((row) => cells(row, names)),
    width,
  );
}

function resultRows(report: Report, startSeconds: number | undefined): Row[] {
  const start: Row[] = report.start
    ? [{ label: 'start', metrics: report.start, seconds: startSeconds }]
    : [];
  return [...start, ...report.legs.flatMap((leg) => legRows(leg, report))];
}

function legRows(leg: LegReport, report: Report): Row[] {
  const baselines = report.baselines.filter((baseline) => baseline.leg === leg.leg);
  const note = leg.status === 'completed' ? '' : ` (${leg.status} at step ${leg.steps})`;
  return [
    { label: leg.leg },
    ...(leg.projected ? [{ label: '  projected without a path', metrics: leg.projected }] : []),
    { label: `  after the path${note}`, metrics: leg.end, seconds: leg.seconds },
    ...baselines.map((baseline) => baselineRow(baseline, leg)),
  ];
}

/** Tells its number of steps where it is not that of the leg. */
function baselineRow({ baseline, steps, end, seconds }: BaselineReport, leg: LegReport): Row {
  const note = steps === leg.steps ? '' : ` (${plural(steps, 'step')})`;
  return { label: `  ${baseline}${note}`, metrics: end, seconds };
}

function tableColumns(names: readonly string[]): Column[] {
  const right = (first: string, second: string): Column => ({
    title: [first, second],
    align: 'right',
  });
  return [
    { title: ['', ''], align: 'left' },
    ...names.map((name) => right('accuracy', name)),
    right('', 'sparsity'),
    right('output', 'distance'),
    right('arc', 'length'),
    right('', 'time'),
  ];
}

function cells({ label, metrics, seconds }: Row, names: readonly string[]): string[] {
  if (!metrics) return [label];
  return [
    label,
    ...names.map((name) => percent(metrics.accuracy[name])),
    percent(metrics.sparsity),
    short(metrics.output_distance?.['held_out']),
    metrics.arc_length ? short(metrics.arc_length) : NONE,
    duration(seconds),
  ];
}
