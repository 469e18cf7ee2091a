import type { Translate } from '../../../../server/src/protocol/run-progress';
import type { ShownRun } from '../panel-store';
import { accuracyChart } from './accuracy-chart';
import type { ChartModel } from './chart-model';
import { distanceChart } from './distance-chart';
import { sparsityChart } from './sparsity-chart';
import { arcLengthChart, objectiveChart } from './step-charts';

/** The charts of a run, in the order in which they stand. Empty before the path begins. */
export function runCharts({ view, steps }: ShownRun, t: Translate): ChartModel[] {
  const begun = view.legs.some(
    ({ leg, checkpoints }) => checkpoints.length > 0 || steps.of(leg)[0],
  );
  if (!begun) return [];
  const charts = [
    accuracyChart(view, t),
    sparsityChart(view, t),
    distanceChart(view, t),
    objectiveChart(view, steps, 'sparsify', t),
    objectiveChart(view, steps, 'learn', t),
    objectiveChart(view, steps, 'reach', t),
    objectiveChart(view, steps, 'fit', t),
    arcLengthChart(view, steps, t),
  ];
  return charts.filter((chart) => chart !== undefined);
}
