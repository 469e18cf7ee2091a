import type { CsvData } from '../../../spec/experiment';
import type { CsvRow } from './csv-rows';
import type { DataFile } from './data-file';
import { DataProblem } from './data-problem';
import { nearName } from './near-name';

/** How a table is laid out. */
export interface CsvColumns {
  /** Number of columns, the label included. */
  width: number;
  /** Place of the label, counted from 0. */
  label: number;
  /** Names of the columns, where the first row holds them. */
  names: string[] | undefined;
}

/**
 * Finds the columns of a table from its first row.
 * @throws DataProblem at `/label` for a label column that is not there, at the file for a table of one column
 */
export function findColumns(
  data: Pick<CsvData, 'header' | 'label'>,
  first: CsvRow | undefined,
  file: DataFile,
): CsvColumns {
  if (first === undefined) {
    throw new DataProblem('fip/data-empty', `\`${file.path}\` has no rows.`, file.pointer);
  }
  const width = first.cells.length;
  if (width < 2) throw oneColumn(first, file);
  const names = data.header ? first.cells.map((name) => name.trim()) : undefined;
  return { width, names, label: findColumn('label', data.label, { width, names }, file) };
}

/** How messages speak of a column. */
export function columnTitle({ names }: Pick<CsvColumns, 'names'>, column: number): string {
  const name = names?.[column];
  return name ? `column ${column} (\`${name}\`)` : `column ${column}`;
}

/**
 * The place of a column, counted from 0.
 * @param key the key that chooses it
 * @param choice `first`, `last`, a place or a name
 * @throws DataProblem at that key where there is no such column
 */
export function findColumn(
  key: 'label' | 'text',
  choice: string | number,
  columns: Pick<CsvColumns, 'width' | 'names'>,
  file: DataFile,
): number {
  const { width, names } = columns;
  if (choice === 'first') return 0;
  if (choice === 'last') return width - 1;
  const place = typeof choice === 'number' ? choice : names?.indexOf(choice);
  if (place !== undefined && place >= 0 && place < width) return place;
  throw new DataProblem('fip/data-column', noColumn(key, choice, columns, file), `/${key}`);
}

function noColumn(
  key: string,
  choice: string | number,
  { width, names }: Pick<CsvColumns, 'width' | 'names'>,
  { path }: DataFile,
): string {
  if (typeof choice === 'number') {
    return `\`${path}\` has ${width} columns, numbered from 0 to ${width - 1}; there is no column ${choice}.`;
  }
  if (names === undefined) {
    return `The ${key} column is named \`${choice}\`, but no row of \`${path}\` holds names. Write \`header: true\` if the first row does, or give the column's number.`;
  }
  return `\`${path}\` has no column named \`${choice}\`. ${namesToChoose(choice, names, 'columns')}`;
}

/** What to say to someone who wrote a name that is not there. */
export function namesToChoose(name: string, names: readonly string[], things: string): string {
  const near = nearName(name, names);
  if (near !== undefined) return `Did you mean \`${near}\`?`;
  const listed = names.slice(0, 8).map((known) => `\`${known}\``);
  return `Its ${things} are ${listed.join(', ')}${names.length > 8 ? ', ...' : ''}.`;
}

function oneColumn({ cells, line }: CsvRow, { path, pointer }: DataFile): DataProblem {
  const separator = ([';', '\t', '|'] as const).find((mark) => cells[0]?.includes(mark));
  const named = { ';': 'semicolons', '\t': 'tabs', '|': 'vertical bars' };
  const why = separator
    ? `its cells seem to be separated by ${named[separator]}. Save it with commas.`
    : 'a label and at least one input are needed, separated by commas.';
  const message = `\`${path}\` has only one column in line ${line}: ${why}`;
  return new DataProblem('fip/data-malformed', message, pointer);
}
