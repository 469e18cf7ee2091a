import type { Translate } from '../../../../server/src/protocol/run-progress';
import type { RunView } from '../../../../server/src/protocol/run-view';
import type { ShownRun } from '../panel-store';
import { accuracyChart } from './accuracy-chart';
import type { AnyChart } from './chart-model';
import { distanceChart } from './distance-chart';
import { pcaChart } from './pca-chart';
import { sparsityChart } from './sparsity-chart';
import { spectrumChart } from './spectrum-chart';
import { arcLengthChart, objectiveChart } from './step-charts';
import { tradeOffCharts } from './trade-off-chart';

/** The charts of a run, in the order in which they stand. Empty before anything was measured along a path or of it. */
export function runCharts({ view, steps }: Walked, t: Translate): AnyChart[] {
  const begun = view.legs.some(
    ({ leg, checkpoints }) => checkpoints.length > 0 || steps.of(leg)[0],
  );
  return [...(begun ? alongPath({ view, steps }, t) : []), ...inPlanes(view, t)];
}

type Walked = Pick<ShownRun, 'view' | 'steps'>;

function alongPath({ view, steps }: Walked, t: Translate): AnyChart[] {
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

function inPlanes(view: RunView, t: Translate): AnyChart[] {
  const charts = [...tradeOffCharts(view, t), pcaChart(view, t), spectrumChart(view, t)];
  return charts.filter((chart) => chart !== undefined);
}
