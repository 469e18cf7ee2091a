import type { CsvData } from '../../spec/experiment';
import { checkRow, readNumber } from './inspect/csv-cells';
import { findColumns } from './inspect/csv-columns';
import type { CsvColumns } from './inspect/csv-columns';
import { labelReader } from './inspect/csv-labels';
import type { LabelCell, LabelReader } from './inspect/csv-labels';
import { csvRows, UnclosedQuote } from './inspect/csv-rows';
import { unclosedQuote } from './inspect/csv-text';
import { checkSameWidth } from './inspect/csv-width';
import type { DataFile } from './inspect/data-file';
import { DataProblem } from './inspect/data-problem';
import { splitCounts } from './inspect/split-counts';
import type { DataReader, RawSamples } from './raw-data';
import { wholeText } from './whole-text';

interface Table {
  file: DataFile;
  columns: CsvColumns;
  count: number;
  values: Float32Array;
  labels: LabelCell[];
}

/** Reads tables of numbers with one column of labels. */
export const readCsv: DataReader<CsvData> = (data, { resolvePath }) => {
  const file = (path: string, pointer: string) => ({ path, pointer, location: resolvePath(path) });
  const train = readTable(data, file(data.file, '/file'));
  const test = data.test === undefined ? undefined : readTable(data, file(data.test, '/test'));
  if (test) checkSameWidth(train.columns, test.columns, test.file);
  const read = labelReader(train.labels);
  return {
    inputShape: [train.columns.width - 1],
    train: toSamples(train, read),
    test: test
      ? toSamples(test, read)
      : splitCounts(train.count, data.test_fraction, train.file).test,
    scale: 1,
    normalizeBy: 'column',
  };
};

function toSamples({ file, count, values, labels }: Table, read: LabelReader): RawSamples {
  return { count, values, labels: Int32Array.from(labels, (cell) => read(cell, file)) };
}

function readTable(data: CsvData, file: DataFile): Table {
  try {
    return readRows(data, wholeText(file, 'Cut it, or store it as IDX.'), file);
  } catch (error) {
    throw error instanceof UnclosedQuote ? unclosedQuote(error.line, file) : error;
  }
}

function readRows(data: CsvData, text: string, file: DataFile): Table {
  const rows = csvRows(text);
  const first = rows.next();
  const columns = findColumns(data, first.done ? undefined : first.value, file);
  const values = new Float32Array(countLines(text) * (columns.width - 1));
  const labels: LabelCell[] = [];
  let length = 0;
  for (const row of data.header ? rows : csvRows(text)) {
    checkRow(row, columns, file);
    row.cells.forEach((cell, column) => {
      if (column === columns.label) labels.push({ line: row.line, text: cell });
      else values[length++] = readNumber(cell);
    });
  }
  if (labels.length > 0) {
    return { file, columns, count: labels.length, values: values.slice(0, length), labels };
  }
  const message = `\`${file.path}\` has names of columns but no rows below them.`;
  throw new DataProblem('fip/data-empty', message, file.pointer);
}

/** At least the number of rows. */
function countLines(text: string): number {
  let count = 1;
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) count++;
  return count;
}
