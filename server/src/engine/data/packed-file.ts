import { kMaxLength } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { constants, gunzipSync } from 'node:zlib';
import type { DataFile } from './inspect/data-file';
import { brokenGzip, isCompressed, isTooLarge } from './inspect/gzip';
import { unreadableFile } from './inspect/unreadable-file';

/** Compressed bytes that are enough to unpack the start of a file. */
const PACKED_START = 16 * 1024;

/** A file that may be gzip-compressed. */
export class PackedFile {
  private constructor(
    private readonly file: DataFile,
    private readonly raw: Buffer,
    private readonly compressed: boolean,
  ) {}

  /** @throws DataProblem where the file cannot be read, or is named .gz and is not compressed */
  static open(file: DataFile): PackedFile {
    let raw: Buffer;
    try {
      raw = readFileSync(file.location);
    } catch (error) {
      throw unreadableFile(file, error);
    }
    return new PackedFile(file, raw, isCompressed(file, raw));
  }

  /**
   * The first bytes, unpacked; at most `limit`.
   * @throws DataProblem where they are damaged
   */
  start(limit: number): Uint8Array {
    if (!this.compressed) return this.raw.subarray(0, limit);
    const packed = this.raw.subarray(0, PACKED_START);
    try {
      return gunzipSync(packed, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, limit);
    } catch (error) {
      throw brokenGzip(this.file, error);
    }
  }

  /**
   * All bytes, unpacked; nothing where there are more than `limit`, so that a small file cannot fill the memory.
   * @throws DataProblem where the file is damaged or truncated
   */
  unpack(limit: number): Uint8Array | undefined {
    if (!this.compressed) return this.raw.length > limit ? undefined : this.raw;
    try {
      return gunzipSync(this.raw, { maxOutputLength: Math.min(limit, kMaxLength) });
    } catch (error) {
      if (isTooLarge(error)) return undefined;
      throw brokenGzip(this.file, error);
    }
  }
}
