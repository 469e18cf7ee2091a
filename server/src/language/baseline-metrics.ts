/** What the latest run measured of a baseline, beside what the path came to. */
import type { BaselineView } from '../protocol/run-view';
import { isLiving } from './latest-run';
import type { LatestRun } from './latest-run';
import { metricsTable, reached, staleness, type MetricsColumn } from './leg-metrics';
import { durationText } from './numbers';

/** A baseline as Markdown; undefined where the run has not come to it. */
export function baselineMetrics(run: LatestRun, name: string): string | undefined {
  const begun = begunBaselines(run, name);
  if (begun.length === 0) return undefined;
  const lines = begun.map((baseline) => progress(run, baseline)).join('  \n');
  const table = metricsTable(begun.flatMap((baseline) => columns(run, baseline)));
  return [lines, table, staleness(run)].filter(Boolean).join('\n\n');
}

/** A baseline beside each leg that it has begun beside. */
export function begunBaselines({ view }: LatestRun, name: string): BaselineView[] {
  return view.baselines.filter(
    ({ baseline, status, step }) => baseline === name && (status !== 'waiting' || step > 0),
  );
}

function progress(run: LatestRun, { leg, status, step, steps, report }: BaselineView): string {
  const word = status === 'running' && !isLiving(run) ? run.summary.status : status;
  const seconds = report ? ` in ${durationText(report.seconds)}` : '';
  return `**Run ${run.summary.nickname}** · beside \`${leg}\` · ${word} · ${step} of ${steps} steps${seconds}`;
}

/** The end of the leg and that of the baseline. */
function columns({ view }: LatestRun, { baseline, leg, report }: BaselineView): MetricsColumn[] {
  if (!report) return [];
  const beside = view.legs.find((other) => other.leg === leg);
  const path = beside && reached(beside);
  return [
    ...(path ? [{ title: `${leg}, the path`, metrics: path }] : []),
    { title: `${leg}, ${baseline}`, metrics: report.end },
  ];
}
