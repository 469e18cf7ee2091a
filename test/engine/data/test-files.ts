import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The bytes of an IDX file of unsigned bytes; `type` and `values` may be made wrong. */
export function idxBytes(sizes: readonly number[], values: readonly number[], type = 0x08): Buffer {
  const header = Buffer.alloc(4 + 4 * sizes.length);
  header.writeUInt8(type, 2);
  header.writeUInt8(sizes.length, 3);
  sizes.forEach((size, i) => header.writeUInt32BE(size, 4 + 4 * i));
  return Buffer.concat([header, Buffer.from(values)]);
}

/** `count` numbers, 0, 1, ..., each below `limit`. */
export function counting(count: number, limit = 256): number[] {
  return Array.from({ length: count }, (_, i) => i % limit);
}

/** A folder of its own for the files of one test. */
export class TestFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'fip-data-'));

  write(name: string, content: string | Uint8Array): void {
    writeFileSync(join(this.path, name), content);
  }

  readonly resolve = (name: string): string => join(this.path, name);

  remove(): void {
    rmSync(this.path, { recursive: true });
  }
}
