import type { DataFile } from './data-file';
import { DataProblem } from './data-problem';

/**
 * The text of a file, without a byte order mark.
 * @param complete whether the bytes are all of the file; a start of it may end within a letter
 * @throws DataProblem for an empty file, and for bytes that are not UTF-8
 */
export function csvText(bytes: Uint8Array, complete: boolean, file: DataFile): string {
  if (bytes.length === 0) {
    throw new DataProblem('fip/data-empty', `\`${file.path}\` is empty.`, file.pointer);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !complete });
  } catch {
    const message = `\`${file.path}\` is not text in UTF-8. Save it in UTF-8.`;
    throw new DataProblem('fip/data-malformed', message, file.pointer);
  }
}

/** What to say of a quote that is never closed. */
export function unclosedQuote(line: number, file: DataFile): DataProblem {
  const message = `\`${file.path}\`: the quote that opens in line ${line} is never closed.`;
  return new DataProblem('fip/data-malformed', message, file.pointer);
}
