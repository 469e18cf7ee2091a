import type { Translate } from '../../../../server/src/protocol/run-progress';
import { number, percent, type Maybe } from '../format';
import type { ChartModel, Series } from './chart-model';
import { placeAt } from './chart-place';

/** A value of the chart as text. */
export function valueText({ unit }: Pick<ChartModel, 'unit'>, value: Maybe): string {
  return unit === 'percent' ? percent(value) : number(value);
}

/** The curves in sentences, for those who do not see it. */
export function pathWords(chart: ChartModel, t: Translate): string {
  const series = chart.series.map((one) => seriesWords(chart, one, t));
  const levels = chart.references.map(({ name, value }) =>
    t('{0}: {1}.', name, valueText(chart, value)),
  );
  return [`${chart.title}. ${chart.caption}`, ...series, ...levels].join(' ');
}

function seriesWords(chart: ChartModel, { name, points }: Series, t: Translate): string {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return t('{0}: not measured yet.', name);
  return t(
    '{0}: {1} at step {2}, {3} at step {4}.',
    name,
    valueText(chart, first[1]),
    first[0],
    valueText(chart, last[1]),
    last[0],
  );
}

/** A place of the axis in words; see `placeAt`. */
export function placeWords(
  { legs }: Pick<ChartModel, 'legs'>,
  x: number,
  again: boolean,
  t: Translate,
): string {
  const { leg, step } = placeAt({ legs }, x, again);
  return leg === '' ? t('step {0}', step) : t('{0}, step {1}', leg, step);
}

/** A row of the table that says the same as the chart. */
export interface ChartRow {
  x: number;
  /** The second checkpoint at the same place: the beginning of the next leg. */
  again: boolean;
  /** A value for each series. */
  values: Maybe[];
}

/** The chart as a table: a row for each checkpoint or step. */
export function chartRows(chart: ChartModel): ChartRow[] {
  const rows = new Map<string, ChartRow>();
  chart.series.forEach(({ points }, index) => {
    points.forEach(([x, y], position) => {
      const again = points[position - 1]?.[0] === x;
      const key = `${x} ${again}`;
      const row = rows.get(key) ?? { x, again, values: [] };
      row.values[index] = y;
      rows.set(key, row);
    });
  });
  return [...rows.values()].sort((a, b) => a.x - b.x || Number(a.again) - Number(b.again));
}
