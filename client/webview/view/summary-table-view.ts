import type { Column, Row, SummaryTable } from '../model/summary-table';
import { t } from '../translate';
import { h, type Child } from './element';
import { createPart, type Part } from './part';

/** The table of the networks of a run. */
export function createSummaryTable(): Part<SummaryTable> {
  return createPart<SummaryTable>(h('section', { class: 'summary' }), draw);
}

function draw({ columns, rows }: SummaryTable): Child[] {
  if (rows.length === 0) return [];
  const table = h(
    'table',
    {},
    h('caption', { class: 'for-screen-readers' }, t('What was measured, network by network')),
    h('thead', {}, groupRow(columns), labelRow(columns)),
    h('tbody', {}, ...rows.map(drawRow)),
  );
  // Wide tables scroll by themselves, also by keyboard.
  const frame = { class: 'scroller', tabindex: 0, role: 'region', 'aria-label': t('Summary') };
  return [h('h2', {}, t('Summary')), h('div', frame, table)];
}

function groupRow(columns: readonly Column[]): HTMLElement {
  const cells: HTMLElement[] = [h('th', { scope: 'col', rowspan: 2 }, t('Network'))];
  columns.forEach(({ group, label }, index) => {
    if (group === '') cells.push(h('th', { scope: 'col', rowspan: 2 }, label));
    else if (columns[index - 1]?.group !== group) cells.push(groupCell(columns, group));
  });
  return h('tr', {}, ...cells);
}

function groupCell(columns: readonly Column[], group: string): HTMLElement {
  const span = columns.filter((column) => column.group === group).length;
  return h('th', { scope: 'colgroup', colspan: span, class: 'group' }, group);
}

function labelRow(columns: readonly Column[]): HTMLElement {
  const grouped = columns.filter(({ group }) => group !== '');
  return h('tr', {}, ...grouped.map(({ label }) => h('th', { scope: 'col' }, label)));
}

function drawRow({ label, aside, cells }: Row): HTMLElement {
  return h(
    'tr',
    { class: aside && 'aside' },
    h('th', { scope: 'row' }, label),
    ...cells.map(({ text, change }) =>
      h('td', {}, text, change !== undefined && h('span', { class: 'change' }, change)),
    ),
  );
}
