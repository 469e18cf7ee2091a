import type { TextData } from '../../../../spec/experiment';
import { findColumn } from '../csv-columns';
import { csvRows } from '../csv-rows';
import type { CsvRow } from '../csv-rows';
import type { DataFile } from '../data-file';
import { DataProblem } from '../data-problem';
import { linesOf } from './line-rows';
import type { TextRow } from './text-row';

interface Columns {
  width: number;
  text: number;
  label: number;
}

/**
 * The rows of a table of texts, separated by commas or tabs.
 * @throws DataProblem, and UnclosedQuote
 */
export function* tableRows(data: TextData, content: string, file: DataFile): Generator<TextRow> {
  let columns: Columns | undefined;
  for (const row of data.layout === 'csv' ? csvRows(content) : tsvRows(content)) {
    if (columns) {
      yield textRow(row, columns, data, file);
      continue;
    }
    columns = findColumns(data, row, file);
    if (!data.header) yield textRow(row, columns, data, file);
  }
}

/** Without quotes: tabs and line breaks cannot stand in a cell, and a quotation mark is a letter. */
function* tsvRows(content: string): Generator<CsvRow> {
  for (const line of linesOf(content)) yield { line: line.number, cells: line.content.split('\t') };
}

function findColumns(data: TextData, first: CsvRow, file: DataFile): Columns {
  const width = first.cells.length;
  if (width < 2) throw oneColumn(data, first, file);
  const names = data.header ? first.cells.map((name) => name.trim()) : undefined;
  const text = findColumn('text', data.text, { width, names }, file);
  const label = findColumn('label', data.label, { width, names }, file);
  if (text !== label) return { width, text, label };
  const message = `Text and label are both column ${text} of \`${file.path}\`. Name another column for one of them.`;
  throw new DataProblem('fip/data-column', message, '/label');
}

function oneColumn(
  { layout }: TextData,
  { cells, line }: CsvRow,
  { path, pointer }: DataFile,
): DataProblem {
  const cell = cells[0]?.trim() ?? '';
  const other = cell.startsWith('{') ? 'jsonl' : layout === 'csv' ? 'tsv' : 'csv';
  const fits = cell.startsWith('{') || cell.includes(other === 'tsv' ? '\t' : ',');
  const advice = fits
    ? `Is it \`layout: ${other}\`?`
    : 'A text and a label are needed; for texts without labels write `layout: lines`.';
  const message = `\`${path}\` has only one column in line ${line}, read as ${layout}. ${advice}`;
  return new DataProblem('fip/data-malformed', message, pointer);
}

function textRow(
  { cells, line }: CsvRow,
  { width, text, label }: Columns,
  { layout }: TextData,
  file: DataFile,
): TextRow {
  if (cells.length !== width) {
    const advice =
      layout === 'csv' ? 'Put texts that hold commas in double quotes.' : 'Take tabs out of texts.';
    const message = `Line ${line} of \`${file.path}\` has ${cells.length} cells, but the first row has ${width}. ${advice}`;
    throw new DataProblem('fip/data-malformed', message, file.pointer);
  }
  const found = cells[label] ?? '';
  if (found.trim() !== '') return { text: cells[text] ?? '', label: { line, text: found } };
  const message = `Line ${line} of \`${file.path}\`: column ${label} is empty, but a label is needed.`;
  throw new DataProblem('fip/data-cell', message, file.pointer);
}
