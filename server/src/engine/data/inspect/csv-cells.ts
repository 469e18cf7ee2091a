import { columnTitle } from './csv-columns';
import type { CsvColumns } from './csv-columns';
import type { CsvRow } from './csv-rows';
import type { DataFile } from './data-file';
import { DataProblem } from './data-problem';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** The number that a cell holds, in decimal notation; NaN for anything else. */
export function readNumber(cell: string): number {
  const text = cell.trim();
  return NUMBER.test(text) ? Number(text) : NaN;
}

/**
 * Checks one row of samples: as many cells as the first row has, and numbers in all of them but the label.
 * @throws DataProblem that names line and column
 */
export function checkRow(row: CsvRow, columns: CsvColumns, file: DataFile): void {
  const { cells, line } = row;
  if (cells.length !== columns.width) {
    const message = `Line ${line} of \`${file.path}\` has ${cells.length} cells, but the first row has ${columns.width}.`;
    throw new DataProblem('fip/data-malformed', message, file.pointer);
  }
  for (let column = 0; column < cells.length; column++) {
    const cell = cells[column]!;
    const bad = column === columns.label ? cell.trim() === '' : !Number.isFinite(readNumber(cell));
    if (bad) throw badCell(row, column, columns, file);
  }
}

function badCell(
  { cells, line }: CsvRow,
  column: number,
  columns: CsvColumns,
  file: DataFile,
): DataProblem {
  const cell = cells[column]!.trim();
  const holds = cell === '' ? 'is empty' : `holds \`${shorten(cell)}\``;
  const needs = column === columns.label ? 'a label is needed' : 'a number is needed';
  const header =
    line === 1 && columns.names === undefined
      ? ' If the first row holds the names of the columns, write `header: true`.'
      : '';
  const message = `Line ${line} of \`${file.path}\`: ${columnTitle(columns, column)} ${holds}, but ${needs}.${header}`;
  return new DataProblem('fip/data-cell', message, file.pointer);
}

function shorten(text: string): string {
  return text.length > 30 ? `${text.slice(0, 29)}…` : text;
}
