import {
  runsData,
  valueWords,
  type RunsTable,
  type RunsTableRow,
  type Sorting,
} from '../model/runs-table';
import { t } from '../translate';
import { h, type Child } from './element';
import { createPart, type Part } from './part';
import { statusWord } from './run-picker';
import { saveButtons, type Save } from './save-buttons';

export interface RunsTableModel {
  table: RunsTable;
  sorting: Sorting | undefined;
  /** The runs that are compared. */
  chosen: string[];
  /** The run that the panel shows. */
  selected: string | undefined;
}

export interface RunsTableActs {
  select: (run: string) => void;
  toggle: (run: string) => void;
  sort: (column: string) => void;
  save: Save;
}

/** The table of all runs of the experiment; not there for a single run. */
export function createRunsTable(acts: RunsTableActs): Part<RunsTableModel> {
  const section = h('section', { class: 'runs' });
  return createPart<RunsTableModel>(section, (model) => draw(model, acts));
}

function draw(model: RunsTableModel, acts: RunsTableActs): Child[] {
  const { table, chosen } = model;
  if (table.rows.length < 2) return [];
  const differs = table.columns.some(({ kind }) => kind === 'parameter');
  const frame = { class: 'scroller', tabindex: 0, role: 'region', 'aria-label': t('Runs') };
  const body = table.rows.map((row) => drawRow(row, model, acts));
  const caption = h('caption', { class: 'for-screen-readers' }, t('All runs of this experiment'));
  return [
    h('h2', {}, t('Runs ({0})', table.rows.length)),
    h('p', { class: 'caption' }, hint(differs, chosen.length)),
    h('div', frame, h('table', {}, caption, head(model, acts), h('tbody', {}, ...body))),
    saveButtons({ name: () => t('Runs'), data: () => runsData(table) }, acts.save),
  ];
}

function hint(differs: boolean, chosen: number): string {
  const parameters = differs
    ? t('With the parameters in which they differ and what was measured last.')
    : t('They do not differ in any parameter.');
  return chosen === 1
    ? `${parameters} ${t('Tick one more run to compare.')}`
    : `${parameters} ${t('Tick runs to compare them.')}`;
}

function head({ table, sorting }: RunsTableModel, { sort }: RunsTableActs): HTMLElement {
  const cells = table.columns.map(({ id, label }) => {
    const isSorted = sorting?.column === id;
    const direction = sorting?.descending ? 'descending' : 'ascending';
    const mark = isSorted ? (sorting.descending ? ' ↓' : ' ↑') : '';
    const button = h('button', { type: 'button', class: 'sort' }, label, mark);
    button.addEventListener('click', () => sort(id));
    return h('th', { scope: 'col', 'aria-sort': isSorted && direction }, button);
  });
  const first = [h('th', { scope: 'col' }, t('Compare')), h('th', { scope: 'col' }, t('Run'))];
  return h('thead', {}, h('tr', {}, ...first, ...cells));
}

function drawRow(
  row: RunsTableRow,
  { table, chosen, selected }: RunsTableModel,
  { select, toggle }: RunsTableActs,
): HTMLElement {
  const label = t('Compare {0}', row.name);
  const box = h('input', { type: 'checkbox', 'aria-label': label });
  box.checked = chosen.includes(row.run);
  box.addEventListener('change', () => toggle(row.run));
  const isShown = row.run === selected;
  const name = h('button', { type: 'button', class: 'link', 'aria-current': isShown && 'true' });
  name.textContent = row.name;
  name.addEventListener('click', () => select(row.run));
  const status = row.status === 'completed' ? undefined : ` · ${statusWord(row.status)}`;
  return h(
    'tr',
    { class: isShown && 'shown' },
    h('td', { class: 'tick' }, box),
    h('th', { scope: 'row' }, name, status),
    ...table.columns.map((column, index) =>
      h('td', { class: column.kind }, valueWords(column, row.values[index])),
    ),
  );
}
