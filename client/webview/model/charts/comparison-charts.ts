import type { Metrics } from '../../../../server/src/protocol/generated';
import { runName } from '../../../../server/src/protocol/run-name';
import type { Translate } from '../../../../server/src/protocol/run-progress';
import type { ComparedRun } from '../comparison';
import { dataSetsOf } from '../summary-table';
import type { AnyChart, ChartModel } from './chart-model';
import { parallelChart } from './parallel-chart';
import { alongPath, pathAxis } from './path-axis';

interface Compared {
  id: string;
  title: string;
  unit: ChartModel['unit'];
  mayBeLog?: boolean;
  value: (metrics: Metrics) => number | null | undefined;
}

/** The curves of several runs over each other, and all their parameters and metrics side by side. */
export function comparisonCharts(runs: readonly ComparedRun[], t: Translate): AnyChart[] {
  const overlays = comparedMetrics(runs, t).map((metric) => overlay(runs, metric, t));
  const parallel = parallelChart(runs, t);
  return [
    ...(parallel ? [parallel] : []),
    ...overlays.filter(({ series }) => series.some(({ points }) => points.length > 0)),
  ];
}

function comparedMetrics(runs: readonly ComparedRun[], t: Translate): Compared[] {
  const metrics = runs.flatMap(({ view }) =>
    view.legs.flatMap(({ checkpoints }) => checkpoints.map((checkpoint) => checkpoint.metrics)),
  );
  const accuracies = dataSetsOf(metrics).map((data): Compared => ({
    id: `compare-accuracy-${data}`,
    title: t('Accuracy on {0}', data),
    unit: 'percent',
    value: ({ accuracy }) => accuracy[data],
  }));
  const others: Compared[] = [
    {
      id: 'compare-sparsity',
      title: t('Sparsity'),
      unit: 'percent',
      value: ({ sparsity }) => (metrics.some((one) => one.sparsity) ? sparsity : undefined),
    },
    {
      id: 'compare-distance',
      title: t('Output distance, held out'),
      unit: 'number',
      mayBeLog: true,
      value: ({ output_distance }) => output_distance?.['held_out'],
    },
  ];
  return [...accuracies, ...others];
}

/** Where the runs have other legs, the longest one names the places. */
function overlay(
  runs: readonly ComparedRun[],
  { id, title, unit, mayBeLog = false, value }: Compared,
  t: Translate,
): ChartModel {
  const axes = runs.map(({ view }) => pathAxis(view));
  const length = (axis: (typeof axes)[number]) => axis.at(-1)?.to ?? 0;
  const legs = axes.reduce(
    (longest, axis) => (length(axis) > length(longest) ? axis : longest),
    [],
  );
  return {
    kind: 'path',
    id,
    title,
    caption: t('Along the path of each run.'),
    unit,
    legs,
    series: runs.map(({ summary, view }, style) => ({
      name: runName(summary),
      style,
      points: alongPath(view, value),
    })),
    references: [],
    mayBeLog,
    small: false,
  };
}
