import type { TextData } from '../../../../spec/experiment';
import type { DataFile } from '../data-file';
import { jsonRows } from './json-rows';
import { lineRows } from './line-rows';
import { tableRows } from './table-rows';
import type { TextRow } from './text-row';

/** How the rows of one layout are found in the text of a file. */
type Layout = (data: TextData, content: string, file: DataFile) => Generator<TextRow>;

const layouts: Readonly<Record<TextData['layout'], Layout>> = {
  csv: tableRows,
  tsv: tableRows,
  jsonl: jsonRows,
  lines: lineRows,
};

/**
 * The texts of a file, one after the other.
 * @throws DataProblem at the first row that is not sound, and UnclosedQuote
 */
export function textRows(data: TextData, content: string, file: DataFile): Generator<TextRow> {
  return layouts[data.layout](data, content, file);
}
