import type { Translate } from '../../../../server/src/protocol/run-progress';
import type {
  AnyChart,
  ChartModel,
  ParallelAxis,
  ParallelModel,
  Place,
  PlaneModel,
} from './chart-model';
import { placeAt } from './chart-place';
import { chartRows, pathWords, placeWords, valueText } from './chart-words';
import { axisValue, planeWords } from './plane-words';

/** A table of texts; the first cell of a row is its head. */
export interface Sheet {
  heads: string[];
  rows: string[][];
  /** The checkpoint that a row is about. */
  places?: (Place | undefined)[];
}

/** The chart in sentences, for those who do not see it. */
export function chartWords(chart: AnyChart, t: Translate): string {
  switch (chart.kind) {
    case 'path':
      return pathWords(chart, t);
    case 'plane':
      return planeWords(chart, t);
    case 'parallel':
      return parallelWords(chart);
  }
}

/** The chart as a table that says the same. */
export function chartSheet(chart: AnyChart, t: Translate): Sheet {
  switch (chart.kind) {
    case 'path':
      return pathSheet(chart, t);
    case 'plane':
      return planeSheet(chart, t);
    case 'parallel':
      return parallelSheet(chart, t);
  }
}

/** A row for each checkpoint or step. */
function pathSheet(chart: ChartModel, t: Translate): Sheet {
  const { series } = chart;
  const points = chartRows(chart);
  return {
    heads: [t('Step'), ...series.map(({ name }) => name)],
    rows: points.map(({ x, again, values }) => [
      placeWords(chart, x, again, t),
      ...series.map((_, index) => valueText(chart, values[index])),
    ]),
    places: points.map(({ x, again }) => placeAt(chart, x, again)),
  };
}

function planeSheet({ x, y, series }: PlaneModel, t: Translate): Sheet {
  return {
    heads: [t('Curve'), t('Point'), x.name, y.name],
    rows: series.flatMap(({ name, points }) =>
      points.map((point) => [name, point.label, axisValue(x, point.x), axisValue(y, point.y)]),
    ),
    places: series.flatMap(({ points }) => points.map(({ place }) => place)),
  };
}

function parallelWords({ title, caption, axes, series }: ParallelModel): string {
  const lines = series.map(({ name, values }) => {
    const facts = axes.map((axis, index) => `${axis.name} ${axisText(axis, values[index])}`);
    return `${name}: ${facts.join(', ')}.`;
  });
  return [`${title}. ${caption}`, ...lines].join(' ');
}

function parallelSheet({ axes, series }: ParallelModel, t: Translate): Sheet {
  return {
    heads: [t('Run'), ...axes.map(({ name }) => name)],
    rows: series.map(({ name, values }) => [
      name,
      ...axes.map((axis, index) => axisText(axis, values[index])),
    ]),
  };
}

/** A value on an upright axis as text. */
export function axisText(axis: ParallelAxis, value: string | number | null | undefined): string {
  return typeof value === 'string' ? value : axisValue(axis, value);
}
