import type { ChartModel } from '../model/charts/chart-model';
import { chartRows, placeWords, valueText } from '../model/charts/chart-words';
import { t } from '../translate';
import { h } from './element';

export interface ChartTable {
  element: HTMLElement;
  update(chart: ChartModel): void;
}

/** The chart as a table that the reader can open. It is built only while it is open: curves can be long. */
export function createChartTable(): ChartTable {
  let chart: ChartModel | undefined;
  const frame = h('div', { class: 'scroller', tabindex: 0, role: 'region' });
  const element = h('details', {}, h('summary', {}, t('Show as table')), frame);
  const draw = () => {
    if (chart && element.open) frame.replaceChildren(table(chart));
    else frame.replaceChildren();
  };
  element.addEventListener('toggle', draw);
  return {
    element,
    update(next) {
      chart = next;
      frame.setAttribute('aria-label', t('{0} as a table', next.title));
      if (element.open) draw();
    },
  };
}

function table(chart: ChartModel): HTMLElement {
  const heads = [t('Step'), ...chart.series.map(({ name }) => name)];
  const rows = chartRows(chart).map(({ x, again, values }) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, placeWords(chart, x, again, t)),
      ...chart.series.map((_, index) => h('td', {}, valueText(chart, values[index]))),
    ),
  );
  const head = h('tr', {}, ...heads.map((text) => h('th', { scope: 'col' }, text)));
  return h('table', {}, h('thead', {}, head), h('tbody', {}, ...rows));
}
