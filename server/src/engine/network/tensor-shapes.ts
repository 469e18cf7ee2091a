import { stat } from 'node:fs/promises';
import { FileCache } from '../data/inspect/file-cache';
import { readBytes } from '../data/inspect/read-start';
import { MalformedFile, readHeader, readLength, type TensorEntry } from './safetensors-header';
import { WeightsProblem } from './weights-problem';

const inspected = new FileCache(50);

/**
 * The tensors of a safetensors file without their values, from its header alone; remembered until the file changes.
 * @param location the file's absolute path
 * @param path how the spec names it
 * @throws WeightsProblem `fip/weights-malformed`; errors of the file system as they come
 */
export function tensorShapes(location: string, path: string): Promise<readonly TensorEntry[]> {
  return inspected.get(`shapes ${path}`, location, async () => {
    try {
      const { size } = await stat(location);
      const length = readLength(await readBytes(location, 0, 8));
      // A damaged length must not make room for more than the file has.
      const start = await readBytes(location, 0, Math.min(8 + length, size));
      return readHeader(start, size).entries;
    } catch (error) {
      if (!(error instanceof MalformedFile)) throw error;
      const message = `\`${path}\` is not a sound safetensors file: ${error.message} Write or download it again.`;
      throw new WeightsProblem('fip/weights-malformed', message);
    }
  });
}
