import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';

/** Bytes behind the content: their number and their sum, both as 32 bits. */
const FOOTER = 8;

/**
 * A file that is written over in place, without waiting for the disk and without a second copy. What a kill or a power cut
 * leaves half-written is told by its footer.
 */
export class StateSlot {
  #file: number | undefined;
  #length = 0;

  constructor(private readonly path: string) {}

  write(content: Uint8Array): void {
    // Neither truncated nor replaced: that would make the file system write the old bytes out first.
    this.#file ??= openSync(this.path, 'w');
    const length = content.length + FOOTER;
    const footer = new DataView(new ArrayBuffer(FOOTER));
    footer.setUint32(0, content.length);
    footer.setUint32(4, sumOf(content));
    writeAll(this.#file, content, 0);
    writeAll(this.#file, new Uint8Array(footer.buffer), content.length);
    if (length < this.#length) ftruncateSync(this.#file, length);
    this.#length = length;
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }
}

/** What was written last; undefined where nothing was, or where it is not whole. */
export function readSlot(path: string): Uint8Array | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    return undefined;
  }
  const length = bytes.length - FOOTER;
  if (length < 0 || bytes.readUInt32BE(length) !== length % 2 ** 32) return undefined;
  const content = bytes.subarray(0, length);
  return bytes.readUInt32BE(length + 4) === sumOf(content) ? content : undefined;
}

function writeAll(file: number, bytes: Uint8Array, from: number): void {
  for (let done = 0; done < bytes.length;)
    done += writeSync(file, bytes, done, bytes.length - done, from + done);
}

/** A sum that depends on the order of the words; the bytes behind the last whole word count one by one. */
function sumOf(bytes: Uint8Array): number {
  const words = wordsOf(bytes);
  let sum = 0;
  for (let i = 0; i < words.length; i++) sum = (Math.imul(sum, 31) + (words[i] ?? 0)) | 0;
  for (let i = words.length * 4; i < bytes.length; i++)
    sum = (Math.imul(sum, 31) + (bytes[i] ?? 0)) | 0;
  return sum >>> 0;
}

/** The whole words of some bytes, copied where they do not start at a word's address. */
function wordsOf(bytes: Uint8Array): Uint32Array {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  return new Uint32Array(aligned.buffer, aligned.byteOffset, Math.floor(bytes.length / 4));
}
