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
  return { width, names, label: findLabel(data.label, width, names, file) };
}

/** How messages speak of a column. */
export function columnTitle({ names }: Pick<CsvColumns, 'names'>, column: number): string {
  const name = names?.[column];
  return name ? `column ${column} (\`${name}\`)` : `column ${column}`;
}

function findLabel(
  label: string | number,
  width: number,
  names: string[] | undefined,
  file: DataFile,
): number {
  if (label === 'first') return 0;
  if (label === 'last') return width - 1;
  const place = typeof label === 'number' ? label : names?.indexOf(label);
  if (place !== undefined && place >= 0 && place < width) return place;
  throw new DataProblem('fip/data-column', noLabel(label, width, names, file), '/label');
}

function noLabel(
  label: string | number,
  width: number,
  names: string[] | undefined,
  { path }: DataFile,
): string {
  if (typeof label === 'number') {
    return `\`${path}\` has ${width} columns, numbered from 0 to ${width - 1}; there is no column ${label}.`;
  }
  if (names === undefined) {
    return `The label column is named \`${label}\`, but no row of \`${path}\` holds names. Write \`header: true\` if the first row does, or give the column's number.`;
  }
  const near = nearName(label, names);
  const listed = names.slice(0, 8).map((name) => `\`${name}\``);
  const advice =
    near !== undefined
      ? `Did you mean \`${near}\`?`
      : `Its columns are ${listed.join(', ')}${names.length > 8 ? ', ...' : ''}.`;
  return `\`${path}\` has no column named \`${label}\`. ${advice}`;
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
