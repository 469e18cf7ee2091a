import { readFile, stat } from 'node:fs/promises';
import type { DataFile } from '../data-file';
import { DataProblem } from '../data-problem';
import { FileCache } from '../file-cache';
import { LONGEST_TOKENIZER, TextTokenizer } from './tokenizer';
import { tokenizerPlace } from './tokenizer-place';

const inspected = new FileCache(10);

/**
 * The tokenizer in a file, built once until the file changes.
 * @throws DataProblem where it is none; errors of the file system as they come
 */
export async function tokenizerFacts(named: DataFile): Promise<TextTokenizer> {
  const file = tokenizerPlace(named);
  return inspected.get(`${file.path} ${file.pointer}`, file.location, async () => {
    const { size } = await stat(file.location);
    if (size <= LONGEST_TOKENIZER) return TextTokenizer.parse(await readFile(file.location), file);
    const message = `\`${file.path}\` is larger than 128 MB, far more than any tokenizer.`;
    throw new DataProblem('fip/tokenizer', message, file.pointer);
  });
}
