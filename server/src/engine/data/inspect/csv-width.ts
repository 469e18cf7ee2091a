import type { CsvColumns } from './csv-columns';
import type { DataFile } from './data-file';
import { DataProblem } from './data-problem';

/**
 * A table of test rows needs the columns of the training rows.
 * @throws DataProblem at the test file
 */
export function checkSameWidth(train: CsvColumns, test: CsvColumns, file: DataFile): void {
  if (train.width === test.width) return;
  const message = `\`${file.path}\` has ${test.width} columns, but the training rows have ${train.width}.`;
  throw new DataProblem('fip/data-mismatch', message, file.pointer);
}
