import { csvText } from './inspect/csv-text';
import type { DataFile } from './inspect/data-file';
import { DataProblem } from './inspect/data-problem';
import { PackedFile } from './packed-file';

/** Longest text that JavaScript can hold, nearly. */
const LONGEST = 2 ** 29 - 32;

/**
 * All text of a file, unpacked.
 * @param advice what to do with one that is too long
 * @throws DataProblem where it cannot be read, is empty, too long or not in UTF-8
 */
export function wholeText(file: DataFile, advice: string): string {
  const bytes = PackedFile.open(file).unpack(LONGEST);
  if (bytes) return csvText(bytes, true, file);
  const message = `\`${file.path}\` is larger than 512 MB, the most that a file of text may have. ${advice}`;
  throw new DataProblem('fip/data-unreadable', message, file.pointer);
}
