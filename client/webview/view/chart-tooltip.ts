import type { ChartModel } from '../model/charts/chart-model';
import { chartRows, placeWords, valueText } from '../model/charts/chart-words';
import { t } from '../translate';
import { h } from './element';

/** What every curve of the chart is worth at a place of the axis. */
export function chartTooltip(chart: ChartModel, x: number, y: number | null): HTMLElement {
  // Rows of the whole chart would be built anew for each move of the mouse.
  const series = chart.series.map((one) => ({
    ...one,
    points: one.points.filter(([at]) => at === x),
  }));
  const here = chartRows({ ...chart, series });
  const row = here.find(({ values }) => values.includes(y)) ?? here[0];
  const lines = chart.series.map(({ name }, index) =>
    h('tr', {}, h('th', {}, name), h('td', {}, valueText(chart, row?.values[index]))),
  );
  const levels = chart.references
    .filter(({ from, to }) => from <= x && x <= to)
    .map(({ name, value }) =>
      h('tr', { class: 'level' }, h('th', {}, name), h('td', {}, valueText(chart, value))),
    );
  const place = h('strong', {}, placeWords(chart, x, row?.again ?? false, t));
  return h('div', {}, place, h('table', {}, ...lines, ...levels));
}
