import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { PublicFile } from '../engine/data/inspect/public-data';
import { DataError, unwritable } from './data-error';

/** Tar archives come in blocks of this many bytes. */
const BLOCK = 512;

/**
 * Writes members of a gzipped tar archive (POSIX ustar) to files.
 * @param targets paths to write, by the member's name
 * @throws DataError for a member that is missing or is not what was published
 */
export async function unpackMembers(
  archive: string,
  targets: ReadonlyMap<string, { path: string; file: PublicFile }>,
): Promise<void> {
  const missing = new Set(targets.keys());
  await pipeline(createReadStream(archive), createGunzip(), (stream: AsyncIterable<Buffer>) =>
    unpack(new BlockReader(stream), targets, missing),
  );
  if (missing.size > 0) throw new DataError(`The archive holds no ${[...missing].join(', ')}.`);
}

async function unpack(
  reader: BlockReader,
  targets: Parameters<typeof unpackMembers>[1],
  missing: Set<string>,
): Promise<void> {
  for (;;) {
    const header = await reader.take(BLOCK);
    if (header.length < BLOCK) return;
    // Blocks of zeros stand at the end of an archive.
    if (header[0] === 0) continue;
    const { name, size } = readHeader(header);
    const content = await reader.take(Math.ceil(size / BLOCK) * BLOCK);
    const target = targets.get(name);
    if (!target) continue;
    await writeMember(content.subarray(0, size), target);
    missing.delete(name);
  }
}

function readHeader(header: Buffer): { name: string; size: number } {
  const text = (from: number, to: number) =>
    header.toString('utf8', from, to).replace(/\0.*$/s, '').trim();
  const prefix = header.toString('latin1', 257, 262) === 'ustar' ? text(345, 500) : '';
  return {
    name: prefix ? `${prefix}/${text(0, 100)}` : text(0, 100),
    size: Number.parseInt(text(124, 136) || '0', 8),
  };
}

async function writeMember(
  content: Buffer,
  { path, file }: { path: string; file: PublicFile },
): Promise<void> {
  if (createHash('sha256').update(content).digest('hex') !== file.sha256)
    throw new DataError(
      `${file.path} in the archive is not the published file (its sha256 differs).`,
    );
  try {
    await writeFile(path, content, { flush: true });
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** Takes exact numbers of bytes from a stream. */
class BlockReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(stream: AsyncIterable<Buffer>) {
    this.#chunks = stream[Symbol.asyncIterator]();
  }

  /** So many bytes; fewer only at the end. */
  async take(bytes: number): Promise<Buffer> {
    const parts = [this.#rest];
    let there = this.#rest.length;
    while (there < bytes) {
      const next = await this.#chunks.next();
      if (next.done) break;
      parts.push(next.value);
      there += next.value.length;
    }
    const whole = Buffer.concat(parts);
    this.#rest = whole.subarray(bytes);
    return whole.subarray(0, bytes);
  }
}
