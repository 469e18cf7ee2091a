import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import type { Download } from '../engine/data/inspect/public-data';
import { DataError, unwritable } from './data-error';
import { AddressError, openUrl } from './open-url';

export interface FetchTools {
  /** Hears how much of the download is there. */
  progress: (bytes: number) => void;
  signal: AbortSignal;
  /** Opens a new file; the file system's where left out. */
  open?: (path: string) => Promise<Pick<FileHandle, 'write' | 'sync' | 'close'>>;
}

/**
 * Fetches a download into a file, from the first address that gives the published bytes.
 * @throws DataError where none does, or the file cannot be written; the file may then hold anything
 */
export async function fetchFile(
  download: Download,
  path: string,
  tools: FetchTools,
): Promise<void> {
  const failures: string[] = [];
  for (const url of download.urls) {
    try {
      await fetchFrom(url, download, path, tools);
      return;
    } catch (error) {
      if (!(error instanceof AddressError)) throw error;
      failures.push(`${url}: ${error.message}`);
    }
  }
  throw new DataError(
    `None of its addresses gave it:\n${failures.map((line) => `  ${line}`).join('\n')}\n` +
      'Try again later, or check your network and its proxy.',
  );
}

async function fetchFrom(
  url: string,
  { bytes, sha256 }: Download,
  path: string,
  { progress, signal, open: openFile = (name) => open(name, 'w') }: FetchTools,
): Promise<void> {
  const file = await orUnwritable(path, () => openFile(path));
  const hash = createHash('sha256');
  let there = 0;
  try {
    for await (const chunk of openUrl(url, signal)) {
      there += chunk.length;
      if (there > bytes) throw new AddressError(`it sends more than the published ${bytes} bytes`);
      hash.update(chunk);
      await orUnwritable(path, () => writeAll(file, chunk));
      progress(there);
    }
    if (there < bytes) throw new AddressError(`it sent ${there} of ${bytes} bytes`);
    if (hash.digest('hex') !== sha256)
      throw new AddressError('it sent other bytes than were published (their sha256 differs)');
    await orUnwritable(path, () => file.sync());
  } finally {
    await orUnwritable(path, () => file.close());
  }
}

async function writeAll(file: Pick<FileHandle, 'write'>, chunk: Uint8Array): Promise<void> {
  for (let done = 0; done < chunk.length;)
    done += (await file.write(chunk, done, chunk.length - done)).bytesWritten;
}

async function orUnwritable<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw unwritable(path, error);
  }
}
