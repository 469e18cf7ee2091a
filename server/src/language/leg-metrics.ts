/** The path metrics of a leg as a Markdown table, with curves in text. */
import { runName } from '../protocol/run-name';
import type { Metrics, NumbersByName } from '../protocol/generated';
import type { LegView } from '../protocol/run-view';
import { writtenLeg } from '../protocol/sub-legs';
import { ensembleTable } from './ensemble-hover';
import { begunLeg, isLiving } from './latest-run';
import type { LatestRun } from './latest-run';
import { changeText, metricText } from './numbers';
import { legTime } from './leg-time';
import { sparkline } from './sparkline';

/** What a run measured along a leg; undefined where it has not come to it. */
export function legMetrics(run: LatestRun, name: string | undefined): string | undefined {
  const leg = begunLeg(run, name);
  if (!leg) return undefined;
  return [
    ...[progress(run, leg), table(run, leg), ensembleTable(run, leg)],
    ...[curves(leg), staleness(run)],
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** The network that a leg has reached: at its end, or so far. */
export function reached(leg: LegView): Metrics | undefined {
  return leg.report?.end ?? leg.checkpoints.at(-1)?.metrics;
}

function progress(run: LatestRun, leg: LegView): string {
  const steps = `${leg.step} of ${leg.steps} steps`;
  const status = isLiving(run) && leg.status === 'running' ? 'running' : statusWord(run, leg);
  return `**Run ${runName(run.summary)}** · ${taskText(run, leg)}${status} · ${steps}${legTime(run, leg)}`;
}

/** Which of several tasks a leg learns. */
export function taskText({ view }: LatestRun, { leg }: LegView): string {
  const name = writtenLeg(leg);
  if (name === leg) return '';
  const tasks = view.legs.filter((other) => writtenLeg(other.leg) === name);
  const place = tasks.findIndex((other) => other.leg === leg) + 1;
  return `${leg.slice(name.length + 1)}, task ${place} of ${tasks.length} · `;
}

const statusWord = (run: LatestRun, leg: LegView) =>
  leg.status === 'running' ? run.summary.status : leg.status;

export function staleness({ stale }: LatestRun): string | undefined {
  return stale ? '*Stale: the spec has changed since this run.*' : undefined;
}

export interface MetricsColumn {
  title: string;
  metrics: Metrics;
  /** Where it is given, the column holds the differences to these. */
  since?: Metrics;
}

function table(run: LatestRun, leg: LegView): string | undefined {
  const columns: MetricsColumn[] = [];
  const add = (title: string, metrics: Metrics | undefined) =>
    metrics && columns.push({ title, metrics });
  add('start', firstNetwork(run, leg));
  add('projected', leg.projected);
  const [first, last] = [firstNetwork(run, leg), reached(leg)];
  add(leg.report ? 'end' : 'now', last);
  if (first && last) columns.push({ title: 'change', metrics: last, since: first });
  return metricsTable(columns);
}

/** A Markdown table, a row a metric; undefined without columns. */
export function metricsTable(columns: readonly MetricsColumn[]): string | undefined {
  if (columns.length === 0) return undefined;
  const head = `| | ${columns.map(({ title }) => title).join(' | ')} |`;
  const rule = `|---|${columns.map(() => '---:|').join('')}`;
  return [head, rule, ...rows(columns)].join('\n');
}

/** Where the leg began: its own first checkpoint, or the end of the leg before. */
function firstNetwork({ view }: LatestRun, leg: LegView): Metrics | undefined {
  const first = leg.checkpoints.find(({ step }) => step === 0);
  const before = view.legs[view.legs.indexOf(leg) - 1];
  return first?.metrics ?? (before ? before.report?.end : view.start);
}

/** What a row takes of a network. */
type Take = (metrics: Metrics) => number | null | undefined;

function cell(metric: string, { metrics, since }: MetricsColumn, value: Take): string {
  const now = value(metrics);
  return since ? changeText(metric, value(since), now) : metricText(metric, now);
}

type MetricByName = 'accuracy' | 'accuracy_within' | 'loss' | 'output_distance';

function rows(columns: readonly MetricsColumn[]): string[] {
  const row = (title: string, metric: string, value: Take) =>
    columns.some(({ metrics }) => typeof value(metrics) === 'number')
      ? [`| ${title} | ${columns.map((column) => cell(metric, column, value)).join(' | ')} |`]
      : [];
  const named = (title: string, metric: MetricByName) =>
    names(columns, metric).flatMap((name) =>
      row(`${title} ${name.replace('_', ' ')}`, metric, (metrics) => metrics[metric]?.[name]),
    );
  return [
    ...named('accuracy,', 'accuracy'),
    ...named('accuracy within its classes,', 'accuracy_within'),
    ...row('sparsity', 'sparsity', ({ sparsity }) => sparsity),
    ...named('output distance,', 'output_distance'),
    ...row('arc length', 'arc_length', ({ arc_length: length }) => length),
    ...row('action', 'action', ({ action }) => action),
    ...row('\\|w − w₀\\|', 'weight_distance', ({ weight_distance: distance }) => distance),
    ...row('\\|w − start\\|', 'start_distance', ({ start_distance: distance }) => distance),
    ...row(
      'distance to target',
      'distance_to_target',
      ({ distance_to_target: distance }) => distance,
    ),
  ];
}

function names(columns: readonly MetricsColumn[], metric: MetricByName): string[] {
  return [...new Set(columns.flatMap(({ metrics }) => Object.keys(metrics[metric] ?? {})))];
}

/** Accuracy of each data set and output distance along the checkpoints. */
function curves({ checkpoints }: LegView): string | undefined {
  if (checkpoints.length < 3) return undefined;
  const last = checkpoints.at(-1)?.metrics;
  const line = (
    title: string,
    of: (metrics: Metrics) => NumbersByName | undefined,
    name: string,
  ) => {
    const text = sparkline(checkpoints.map(({ metrics }) => of(metrics)?.[name]));
    return text && `\`${text}\` ${title}`;
  };
  const accuracy = Object.keys(last?.accuracy ?? {}).map((name) =>
    line(`accuracy, ${name}`, (metrics) => metrics.accuracy, name),
  );
  const distance = line(
    'output distance, held out',
    (metrics) => metrics.output_distance,
    'held_out',
  );
  return [...accuracy, distance].filter(Boolean).join('  \n');
}
