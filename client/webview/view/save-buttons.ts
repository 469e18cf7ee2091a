import type { SaveMessage } from '../../src/results/messages';
import { csvOf, jsonOf, type DataTable } from '../model/charts/data-table';
import { t } from '../translate';
import { h } from './element';

export type Save = (file: Omit<SaveMessage, 'type'>) => void;

/** What a chart or a table can be saved as; pictures of charts alone. */
export interface Savable {
  /** What it is called in the name of the file. */
  name: () => string;
  data: () => DataTable;
  picture?: (ending: 'png' | 'svg') => string;
}

/** Buttons that save a chart or a table as files. */
export function saveButtons(item: Savable, save: Save): HTMLElement {
  const { data, picture, name } = item;
  const text = (ending: 'csv' | 'json' | 'svg', content: () => string) =>
    button(ending, () => save({ name: name(), ending, content: content(), encoding: 'utf8' }));
  const pictures = picture
    ? [
        button('png', () =>
          save({ name: name(), ending: 'png', content: picture('png'), encoding: 'base64' }),
        ),
        text('svg', () => picture('svg')),
      ]
    : [];
  return h(
    'div',
    { class: 'save', role: 'group', 'aria-label': t('Export') },
    h('span', { 'aria-hidden': 'true' }, t('Export')),
    ...pictures,
    text('csv', () => csvOf(data())),
    text('json', () => jsonOf(data())),
  );
}

function button(ending: string, act: () => void): HTMLElement {
  const element = h('button', { type: 'button', class: 'link' }, ending.toUpperCase());
  element.addEventListener('click', act);
  return element;
}
