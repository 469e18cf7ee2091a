import { readFile, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { DataFile } from './data-file';
import { FileCache } from './file-cache';
import { brokenGzip } from './gzip';
import { checkIdxSize, LONGEST_IDX_HEADER, readIdxHeader } from './idx-header';
import type { IdxContent, IdxHeader } from './idx-header';
import { readBytes, readStart, unpackedLength } from './read-start';

const inspected = new FileCache();
const unpack = promisify(gunzip);

/** Files of labels up to this size are read in full for the labels that occur. */
const LABELS_TO_READ = 2 ** 26;

/**
 * What the header of an IDX file tells, after the file's length was compared with it.
 * @throws DataProblem where the file is not sound; errors of the file system as they come
 */
export function idxFacts(file: DataFile, content: IdxContent): Promise<IdxHeader> {
  return inspected.get(`${content} ${file.path} ${file.pointer}`, file.location, async () => {
    const { bytes, compressed } = await readStart(file, LONGEST_IDX_HEADER);
    const header = readIdxHeader(bytes, content, file);
    checkIdxSize(header, await unpackedSize(file, compressed, header.size), file);
    return header;
  });
}

/**
 * The labels that occur in a sound file of labels, in order; nothing for a file too large to read while the user types.
 * @throws DataProblem where the file is damaged
 */
export function idxClasses(file: DataFile, header: IdxHeader): Promise<number[] | undefined> {
  return inspected.get(`classes ${file.path} ${file.pointer}`, file.location, async () => {
    if (header.size > LABELS_TO_READ) return undefined;
    const raw = await readFile(file.location);
    const { compressed } = await readStart(file, 2);
    const bytes = compressed ? await unpackLabels(raw, header, file) : raw;
    return [...new Set(bytes.subarray(header.start))].sort((a, b) => a - b);
  });
}

async function unpackLabels(raw: Buffer, header: IdxHeader, file: DataFile): Promise<Buffer> {
  try {
    return await unpack(raw, { maxOutputLength: header.size });
  } catch (error) {
    throw brokenGzip(file, error);
  }
}

/**
 * The unpacked length of a file. Gzip files end with it (modulo 2^32), so only a file where it differs from what the
 * header promises has to be unpacked: a damaged one, or one written in several parts.
 */
async function unpackedSize(
  file: DataFile,
  compressed: boolean,
  promised: number,
): Promise<number> {
  const { size } = await stat(file.location);
  if (!compressed) return size;
  const trailer = await readBytes(file.location, Math.max(0, size - 4), 4);
  const noted = trailer.length === 4 ? new DataView(trailer.buffer).getUint32(0, true) : -1;
  return noted === promised % 2 ** 32 ? promised : unpackedLength(file, promised);
}
