import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { DataFile } from './data-file';
import { DataProblem } from './data-problem';
import { nearName } from './near-name';
import { publicDataAt } from './public-data';

/** Says why a file cannot be read, from the error that the file system gave. */
export function unreadableFile(file: DataFile, error: unknown): DataProblem {
  const reason = error instanceof Error && 'code' in error ? error.code : undefined;
  if (reason === 'ENOENT' || reason === 'ENOTDIR') return missing(file);
  const why =
    reason === 'EISDIR'
      ? 'it is a folder. Name a file in it.'
      : reason === 'EACCES' || reason === 'EPERM'
        ? 'reading it is not permitted.'
        : `the system says: ${error instanceof Error ? error.message : String(error)}.`;
  return new DataProblem(
    'fip/data-unreadable',
    `\`${file.path}\` cannot be read: ${why}`,
    file.pointer,
  );
}

function missing(file: DataFile): DataProblem {
  const message = `There is no file \`${file.path}\`. ${advice(file)}`;
  return new DataProblem('fip/file-missing', message, file.pointer);
}

function advice({ path, location }: DataFile): string {
  const folder = dirname(location);
  const names = namesIn(folder);
  const near = nearName(basename(location), names ?? []);
  if (near !== undefined)
    return `Did you mean \`${join(dirname(path), near).replaceAll('\\', '/')}\`?`;
  const looked =
    names === undefined ? `Its folder ${folder} does not exist.` : `Looked in ${folder}.`;
  const known = publicDataAt(path);
  if (known !== undefined)
    return `${looked} \`fip data get ${known}\` in a terminal fetches it into the data root; or check the path.`;
  return `${looked} Check the path, or set the data root to the folder that data paths begin in.`;
}

/** The names in a folder, or nothing where there is no such folder. */
function namesIn(folder: string): string[] | undefined {
  try {
    return readdirSync(folder);
  } catch {
    return undefined;
  }
}
