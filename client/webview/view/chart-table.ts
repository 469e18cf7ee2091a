import type { AnyChart, Place } from '../model/charts/chart-model';
import { chartSheet } from '../model/charts/chart-sheet';
import { t } from '../translate';
import { h } from './element';

/** Shows a checkpoint. */
export type Pick = (place: Place) => void;

export interface ChartTable {
  element: HTMLElement;
  update(chart: AnyChart): void;
}

/** The chart as a table that the reader can open. It is built only while it is open: curves can be long. */
export function createChartTable(pick?: Pick): ChartTable {
  let chart: AnyChart | undefined;
  const frame = h('div', { class: 'scroller', tabindex: 0, role: 'region' });
  const element = h('details', {}, h('summary', {}, t('Show as table')), frame);
  const draw = () => {
    if (chart && element.open) frame.replaceChildren(table(chart, pick));
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

function table(chart: AnyChart, pick: Pick | undefined): HTMLElement {
  const { heads, rows, places = [] } = chartSheet(chart, t);
  const body = rows.map(([head = '', ...cells], index) => {
    const label = pickable(head, places[index], pick);
    return h('tr', {}, h('th', { scope: 'row' }, label), ...cells.map((cell) => h('td', {}, cell)));
  });
  const head = h('tr', {}, ...heads.map((text) => h('th', { scope: 'col' }, text)));
  return h('table', {}, h('thead', {}, head), h('tbody', {}, ...body));
}

/** The keyboard's way to what a click on a point of the picture shows. */
function pickable(head: string, place: Place | undefined, pick: Pick | undefined): Node | string {
  if (!place || !pick) return head;
  const button = h('button', { type: 'button', class: 'link' }, head);
  button.addEventListener('click', () => pick(place));
  return button;
}
