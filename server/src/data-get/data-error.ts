/** Data could not be fetched: what failed and what to do, in a sentence or two. */
export class DataError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DataError';
  }
}

/** What the file system's refusal to write means. */
export function unwritable(path: string, error: unknown): DataError {
  const { code, message } = error as NodeJS.ErrnoException;
  const reasons: Record<string, string> = {
    ENOSPC: 'the disk is full. Make room, or name another folder with --to',
    EDQUOT: 'your share of the disk is used up. Make room, or name another folder with --to',
    EACCES: 'you have no permission. Name another folder with --to',
    EPERM: 'you have no permission. Name another folder with --to',
    EROFS: 'the disk cannot be written to. Name another folder with --to',
    ENOTDIR: 'a file stands where a folder is needed. Name another folder with --to',
    EEXIST: 'a file stands where a folder is needed. Name another folder with --to',
  };
  return new DataError(`${path} cannot be written: ${reasons[code ?? ''] ?? message}.`);
}
