import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { STAMP_NAME } from '../engine/backends/backend-folders';

/** What an installation consists of. Counts up when a folder made by older code must be made anew. */
export const RECIPE = 1;

export interface StampedFile {
  path: string;
  bytes: number;
  sha256: string;
}

/** What was installed, in words and in numbers. */
export interface Stamp {
  recipe: number;
  /** The kind asked for: `cpu`, `cuda`, or `any` where there is one kind alone. */
  variant: string;
  /** Where the native code came from. */
  origin: string;
  platform: string;
  versions: Readonly<Record<string, string>>;
  device: string;
  /** The native files, which decide about the bits of results. */
  files: readonly StampedFile[];
}

/** The stamp of a folder whose native files are still there in full; undefined where there is none. */
export function readStamp(folder: string): Stamp | undefined {
  try {
    const stamp = JSON.parse(readFileSync(join(folder, STAMP_NAME), 'utf8')) as Stamp;
    const whole = stamp.files.every(
      ({ path, bytes }) => statSync(join(folder, path)).size === bytes,
    );
    return stamp.recipe === RECIPE && whole && stamp.platform === thisPlatform()
      ? stamp
      : undefined;
  } catch {
    return undefined;
  }
}

export function writeStamp(folder: string, stamp: Stamp): void {
  writeFileSync(join(folder, STAMP_NAME), JSON.stringify(stamp, null, 2) + '\n');
}

export function thisPlatform(): string {
  return `${process.platform}-${process.arch}`;
}

/** Size and checksum of a file, by its path inside of a folder. */
export async function stampFile(folder: string, path: string): Promise<StampedFile> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(join(folder, path)), hash);
  return { path, bytes: statSync(join(folder, path)).size, sha256: hash.digest('hex') };
}
