import type { Metrics } from '../../../server/src/protocol/generated';
import type { Translate } from '../../../server/src/protocol/run-progress';
import type { LegView, RunView } from '../../../server/src/protocol/run-view';
import { duration, number, percent, points } from './format';

/** A column below a group heading. */
export interface Column {
  /** Heading over this column and its neighbours of the same group. */
  group: string;
  label: string;
}

export interface Cell {
  text: string;
  /** Change against the start network in percentage points, for accuracies. */
  change?: string;
}

export interface Row {
  label: string;
  /** A row beside the path: a projection or a baseline. */
  aside: boolean;
  cells: Cell[];
}

export interface SummaryTable {
  columns: Column[];
  rows: Row[];
}

interface Measured {
  label: string;
  metrics: Metrics;
  seconds?: number;
  aside?: boolean;
}

/** The networks of a run and what was measured of them: the start, each leg's projection and end, the baselines. */
export function summaryTable(view: RunView, t: Translate): SummaryTable {
  const measured = networks(view, t);
  const dataSets = dataSetsOf(measured.map(({ metrics }) => metrics));
  return {
    columns: columns(dataSets, t),
    rows: measured.map((network) => row(network, dataSets, view.start)),
  };
}

/** The names of the data sets in some metrics, in order of appearance. */
export function dataSetsOf(metrics: readonly Metrics[]): string[] {
  return [...new Set(metrics.flatMap(({ accuracy }) => Object.keys(accuracy)))];
}

function columns(dataSets: readonly string[], t: Translate): Column[] {
  const distance = t('Output distance');
  return [
    ...dataSets.map((label) => ({ group: t('Accuracy'), label })),
    { group: '', label: t('Sparsity') },
    { group: distance, label: t('held out') },
    { group: distance, label: t('memory') },
    { group: '', label: t('Path length') },
    { group: '', label: t('Time') },
  ];
}

function networks(view: RunView, t: Translate): Measured[] {
  const start = view.start && {
    label: t('Start'),
    metrics: view.start,
    ...(view.startSeconds !== undefined && { seconds: view.startSeconds }),
  };
  return [
    ...(start ? [start] : []),
    ...view.legs.flatMap((leg) => legNetworks(leg, t)),
    ...baselineNetworks(view, t),
  ];
}

function legNetworks(leg: LegView, t: Translate): Measured[] {
  const projected = leg.report?.projected ?? leg.projected;
  const aside = projected && {
    label: t('{0}, projected without a path', leg.leg),
    metrics: projected,
    aside: true,
  };
  const end = leg.report ? ended(leg, t) : underWay(leg, t);
  return [...(aside ? [aside] : []), ...(end ? [end] : [])];
}

function ended({ leg, report }: LegView, t: Translate): Measured | undefined {
  if (!report) return undefined;
  const label =
    report.status === 'completed'
      ? t('{0}, end', leg)
      : t('{0}, stopped at step {1}', leg, report.steps);
  return { label, metrics: report.end, seconds: report.seconds };
}

function underWay({ leg, checkpoints }: LegView, t: Translate): Measured | undefined {
  const last = checkpoints.at(-1);
  return last && { label: t('{0}, step {1}', leg, last.step), metrics: last.metrics };
}

function baselineNetworks({ baselines, legs }: RunView, t: Translate): Measured[] {
  return baselines.flatMap(({ report }) => {
    if (!report) return [];
    const { leg, baseline, steps, seconds, end: metrics } = report;
    const beside = legs.find((other) => other.leg === leg);
    const label =
      beside?.steps === steps
        ? t('{0}, baseline {1}', leg, baseline)
        : t('{0}, baseline {1}, {2} steps', leg, baseline, steps);
    return [{ label, metrics, seconds, aside: true }];
  });
}

function row(network: Measured, dataSets: readonly string[], start: Metrics | undefined): Row {
  const { label, metrics, seconds, aside = false } = network;
  return {
    label,
    aside,
    cells: [
      ...dataSets.map((data) => accuracyCell(data, metrics, start)),
      { text: percent(metrics.sparsity) },
      { text: number(metrics.output_distance?.['held_out']) },
      { text: number(metrics.output_distance?.['memory']) },
      { text: number(metrics.arc_length) },
      { text: duration(seconds) },
    ],
  };
}

function accuracyCell(data: string, metrics: Metrics, start: Metrics | undefined): Cell {
  const value = metrics.accuracy[data];
  const before = start?.accuracy[data];
  const text = percent(value);
  if (metrics === start || typeof value !== 'number' || typeof before !== 'number') return { text };
  return { text, change: points(value - before) };
}
