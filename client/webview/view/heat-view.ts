import { number, percent, points } from '../model/format';
import { heatData, type HeatCell, type HeatTable } from '../model/heat-table';
import { t } from '../translate';
import { h, type Child } from './element';
import { createPart, type Part } from './part';
import { saveButtons, type Save } from './save-buttons';

/** Tables of values, tinted by their size; the text in each cell says the same. */
export function createHeatTables(save: Save): Part<HeatTable[]> {
  return createPart<HeatTable[]>(h('section', { class: 'heat' }), (tables) => draw(tables, save));
}

function draw(tables: HeatTable[], save: Save): Child[] {
  if (tables.length === 0) return [];
  return [
    h('h2', {}, t('In detail')),
    h('div', { class: 'heat-tables' }, ...tables.map((table) => drawTable(table, save))),
  ];
}

function drawTable(model: HeatTable, save: Save): HTMLElement {
  const { id, title, caption, heads, rows, notes = [] } = model;
  const table = h(
    'table',
    {},
    h('caption', { class: 'for-screen-readers' }, title),
    h('thead', {}, h('tr', {}, ...heads.map((head) => h('th', { scope: 'col' }, head)))),
    h(
      'tbody',
      {},
      ...rows.map(({ label, cells, aside }) =>
        h('tr', { class: aside && 'aside' }, h('th', { scope: 'row' }, label), ...cells.map(cell)),
      ),
    ),
  );
  // Wide tables scroll by themselves, also by keyboard.
  const frame = { class: 'scroller', tabindex: 0, role: 'region', 'aria-label': title };
  return h(
    'article',
    { class: 'heat-table', 'data-table': id },
    h('h3', {}, title),
    h('p', { class: 'caption' }, caption),
    h('div', frame, table),
    ...notes.map((note) => h('p', { class: 'caption' }, note)),
    saveButtons({ name: () => title, data: () => heatData(model) }, save),
  );
}

function cell(value: HeatCell | undefined): HTMLElement {
  if (!value) return h('td', {});
  const element = h('td', {}, cellText(value));
  if (value.unit !== 'percent' || value.value === null) return element;
  element.classList.add('tinted');
  // The policy of the page forbids style attributes in markup, not what a script sets.
  const bounded = Math.min(1, Math.max(0, value.value));
  element.style.setProperty('--share', `${(bounded * 100).toFixed(1)}%`);
  return element;
}

/** The value of a cell as text. */
export function cellText({ value, unit }: HeatCell): string {
  if (unit === 'percent') return percent(value);
  return unit === 'points' && value !== null ? points(value) : number(value);
}
