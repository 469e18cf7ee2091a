import type { CsvData } from '../../../spec/experiment';
import { checkRow, readNumber } from './csv-cells';
import { findColumns } from './csv-columns';
import type { CsvColumns } from './csv-columns';
import { labelReader } from './csv-labels';
import type { LabelCell } from './csv-labels';
import { csvRows, UnclosedQuote } from './csv-rows';
import type { CsvRow } from './csv-rows';
import { csvText, unclosedQuote } from './csv-text';
import type { DataFile } from './data-file';
import { DataProblem } from './data-problem';
import { FileCache } from './file-cache';
import { readStart } from './read-start';

/** What the start of a table tells. */
export interface CsvFacts {
  columns: CsvColumns;
  /** Number of samples; nothing where the table is longer than what was read. */
  count: number | undefined;
  /** The largest label among the rows that were read. */
  largestLabel: number;
  /** Whether the first row was taken for names although it holds nothing but numbers. */
  numericNames: boolean;
}

/** Bytes of a table that are looked at while the user types. */
const START = 64 * 1024;

const inspected = new FileCache();

/**
 * Looks at the first 64 KB of a table.
 * @throws DataProblem where they are not sound; errors of the file system as they come
 */
export function csvFacts(data: CsvData, file: DataFile): Promise<CsvFacts> {
  const topic = `${data.header} ${typeof data.label} ${data.label} ${file.path} ${file.pointer}`;
  return inspected.get(topic, file.location, async () => {
    const { bytes, complete } = await readStart(file, START);
    return describe(
      data,
      firstRows(csvText(bytes, complete, file), complete, file),
      complete,
      file,
    );
  });
}

/**
 * The samples among the first 64 KB of a table.
 * @throws as `csvFacts`
 */
export async function firstSamples(data: CsvData, file: DataFile): Promise<CsvRow[]> {
  const { bytes, complete } = await readStart(file, START);
  const rows = firstRows(csvText(bytes, complete, file), complete, file);
  return data.header ? rows.slice(1) : rows;
}

function describe(data: CsvData, rows: CsvRow[], complete: boolean, file: DataFile): CsvFacts {
  const [first] = rows;
  const columns = findColumns(data, first, file);
  const samples = data.header ? rows.slice(1) : rows;
  if (samples.length === 0 && complete) {
    const message = `\`${file.path}\` has names of columns but no rows below them.`;
    throw new DataProblem('fip/data-empty', message, file.pointer);
  }
  for (const row of samples) checkRow(row, columns, file);
  const numericNames = data.header && first!.cells.every((cell) => !Number.isNaN(readNumber(cell)));
  const largestLabel = largest(samples, columns, file);
  return { columns, count: complete ? samples.length : undefined, largestLabel, numericNames };
}

function largest(samples: readonly CsvRow[], { label }: CsvColumns, file: DataFile): number {
  const cells = samples.map(({ cells, line }): LabelCell => ({ line, text: cells[label]! }));
  const read = labelReader(cells);
  return cells.reduce((most, cell) => Math.max(most, read(cell, file)), 0);
}

/** All whole rows; of an incomplete text the last row may be cut and is left out. */
function firstRows(text: string, complete: boolean, file: DataFile): CsvRow[] {
  const rows: CsvRow[] = [];
  try {
    for (const row of csvRows(text)) rows.push(row);
  } catch (error) {
    if (!(error instanceof UnclosedQuote)) throw error;
    if (complete) throw unclosedQuote(error.line, file);
    return rows;
  }
  return complete ? rows : rows.slice(0, -1);
}
