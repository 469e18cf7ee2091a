import type { Translate } from '../../../../server/src/protocol/run-progress';
import type { AnyChart, ChartModel, PlaneModel } from './chart-model';
import { chartRows, pathWords, placeWords, valueText } from './chart-words';
import { axisValue, planeWords } from './plane-words';

/** A table of texts; the first cell of a row is its head. */
export interface Sheet {
  heads: string[];
  rows: string[][];
}

/** The chart in sentences, for those who do not see it. */
export function chartWords(chart: AnyChart, t: Translate): string {
  return chart.kind === 'path' ? pathWords(chart, t) : planeWords(chart, t);
}

/** The chart as a table that says the same. */
export function chartSheet(chart: AnyChart, t: Translate): Sheet {
  return chart.kind === 'path' ? pathSheet(chart, t) : planeSheet(chart, t);
}

/** A row for each checkpoint or step. */
function pathSheet(chart: ChartModel, t: Translate): Sheet {
  const { series } = chart;
  return {
    heads: [t('Step'), ...series.map(({ name }) => name)],
    rows: chartRows(chart).map(({ x, again, values }) => [
      placeWords(chart, x, again, t),
      ...series.map((_, index) => valueText(chart, values[index])),
    ]),
  };
}

function planeSheet({ x, y, series }: PlaneModel, t: Translate): Sheet {
  return {
    heads: [t('Curve'), t('Point'), x.name, y.name],
    rows: series.flatMap(({ name, points }) =>
      points.map((point) => [name, point.label, axisValue(x, point.x), axisValue(y, point.y)]),
    ),
  };
}
