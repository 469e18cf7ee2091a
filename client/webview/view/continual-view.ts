import type { TextTable } from '../model/continual-table';
import { t } from '../translate';
import { h, type Child } from './element';
import { createPart, type Part } from './part';

/** The tables of a path that learns several tasks. */
export function createContinual(): Part<TextTable[]> {
  return createPart<TextTable[]>(h('section', { class: 'summary' }), draw);
}

function draw(tables: TextTable[]): Child[] {
  if (tables.length === 0) return [];
  return [h('h2', {}, t('Continual learning')), ...tables.map(drawTextTable)];
}

/** A table of texts that scrolls by itself where it is too wide. */
export function drawTextTable({ caption, heads, rows }: TextTable): HTMLElement {
  const table = h(
    'table',
    {},
    h('caption', {}, caption),
    h('thead', {}, h('tr', {}, ...heads.map((head) => h('th', { scope: 'col' }, head)))),
    h(
      'tbody',
      {},
      ...rows.map(([head = '', ...cells]) =>
        h('tr', {}, h('th', { scope: 'row' }, head), ...cells.map((cell) => h('td', {}, cell))),
      ),
    ),
  );
  // Wide tables scroll by themselves, also by keyboard.
  return h('div', { class: 'scroller', tabindex: 0, role: 'region', 'aria-label': caption }, table);
}
