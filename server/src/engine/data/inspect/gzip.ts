import type { DataFile } from './data-file';
import { DataProblem } from './data-problem';

/** Whether the bytes begin as gzip does. Neither IDX files nor tables of text can. */
export function isGzip(start: Uint8Array): boolean {
  return start[0] === 0x1f && start[1] === 0x8b;
}

/**
 * Whether a file is compressed, from its first bytes.
 * @throws DataProblem where its name says so and its bytes do not
 */
export function isCompressed(file: DataFile, start: Uint8Array): boolean {
  if (isGzip(start)) return true;
  if (!file.path.endsWith('.gz')) return false;
  throw new DataProblem(
    'fip/data-malformed',
    `\`${file.path}\` is named .gz but is not gzip-compressed. Download it again, or drop the ending if it was unpacked.`,
    file.pointer,
  );
}

/** Says what is wrong with a gzip file, from the error that zlib gave. */
export function brokenGzip(file: DataFile, error: unknown): DataProblem {
  const reason = error instanceof Error && 'code' in error ? error.code : undefined;
  if (reason === 'Z_BUF_ERROR') {
    const message = `\`${file.path}\` is truncated: the gzip data ends too early. Download it again.`;
    return new DataProblem('fip/data-truncated', message, file.pointer);
  }
  const message = `\`${file.path}\` is damaged: it cannot be unpacked (${error instanceof Error ? error.message : String(error)}). Download it again.`;
  return new DataProblem('fip/data-malformed', message, file.pointer);
}

/** Whether zlib gave up because the output was larger than allowed. */
export function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}
