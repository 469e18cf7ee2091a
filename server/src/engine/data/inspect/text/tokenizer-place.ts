import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { DataFile } from '../data-file';
import { DataProblem } from '../data-problem';

/** In the order in which they are looked for. */
const NAMES = ['tokenizer.json', 'vocab.txt'];

/**
 * The file of a tokenizer: the one that is named, or that of the folder that is named.
 * @throws DataProblem where the folder has none
 */
export function tokenizerPlace(file: DataFile): DataFile {
  if (!statSync(file.location, { throwIfNoEntry: false })?.isDirectory()) return file;
  const name = NAMES.find((candidate) =>
    statSync(join(file.location, candidate), { throwIfNoEntry: false })?.isFile(),
  );
  if (name !== undefined)
    return { ...file, path: `${file.path}/${name}`, location: join(file.location, name) };
  const message = `The folder \`${file.path}\` has neither \`tokenizer.json\` nor \`vocab.txt\`. Name the tokenizer that was published with the network.`;
  throw new DataProblem('fip/tokenizer', message, file.pointer);
}
