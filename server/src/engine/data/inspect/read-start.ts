import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import type { DataFile } from './data-file';
import { brokenGzip, isCompressed } from './gzip';

/** The first bytes of a file, unpacked. */
export interface FileStart {
  bytes: Uint8Array;
  compressed: boolean;
  /** Whether these are all bytes of the file. */
  complete: boolean;
}

/**
 * Reads and unpacks no more than it takes for the first `limit` bytes.
 * @throws DataProblem for a broken gzip file; errors of the file system as they come
 */
export async function readStart(file: DataFile, limit: number): Promise<FileStart> {
  const first = await readBytes(file.location, 0, 2);
  if (isCompressed(file, first)) return { ...(await unpackStart(file, limit)), compressed: true };
  const bytes = await readBytes(file.location, 0, limit + 1);
  return {
    bytes: bytes.subarray(0, limit),
    complete: bytes.length <= limit,
    compressed: false,
  };
}

/** Reads a part of a file; shorter than asked where the file ends. */
export async function readBytes(
  location: string,
  position: number,
  length: number,
): Promise<Uint8Array> {
  const handle = await open(location);
  try {
    const buffer = new Uint8Array(length);
    const { bytesRead } = await handle.read(buffer, 0, length, position);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Counts the bytes that a gzip file unpacks to, without keeping them. Stops counting once past `limit`. */
export async function unpackedLength(file: DataFile, limit: number): Promise<number> {
  let length = 0;
  for await (const chunk of unpack(file)) {
    length += chunk.length;
    if (length > limit) break;
  }
  return length;
}

/** All bytes of a file, unpacked, part by part. */
export async function* readChunks(file: DataFile): AsyncGenerator<Uint8Array> {
  if (isCompressed(file, await readBytes(file.location, 0, 2))) yield* unpack(file);
  else for await (const chunk of createReadStream(file.location)) yield chunk as Uint8Array;
}

async function unpackStart(
  file: DataFile,
  limit: number,
): Promise<{ bytes: Uint8Array; complete: boolean }> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of unpack(file)) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > limit) break;
  }
  return { bytes: Buffer.concat(chunks).subarray(0, limit), complete: length <= limit };
}

async function* unpack(file: DataFile): AsyncGenerator<Uint8Array> {
  const source = createReadStream(file.location);
  const gunzip = createGunzip();
  source.once('error', (error) => gunzip.destroy(error));
  try {
    for await (const chunk of source.pipe(gunzip)) yield chunk as Uint8Array;
  } catch (error) {
    throw brokenGzip(file, error);
  } finally {
    source.destroy();
  }
}
