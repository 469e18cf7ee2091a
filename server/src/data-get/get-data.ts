import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isAlive } from '../backends-install/staging';
import { filesOf, type PublicData, type PublicFile } from '../engine/data/inspect/public-data';
import { unwritable } from './data-error';
import { fetchFile, type FetchTools } from './fetch-file';
import { unpackMembers } from './unpack-members';

type PublicDownload = PublicData['downloads'][number];

/** How the files of a data set stand in a folder. */
export interface DataState {
  /** What still has to be fetched. */
  missing: PublicDownload[];
  /** Files that are there and are not the published ones: fetching replaces them. */
  wrong: PublicFile[];
}

/** Looks which files of a data set are there as they were published. */
export async function dataState(data: PublicData, folder: string): Promise<DataState> {
  const state: DataState = { missing: [], wrong: [] };
  for (const download of data.downloads) {
    const files = await Promise.all(
      filesOf(download).map(async (file) => ({ file, is: await stateOf(file, folder) })),
    );
    if (files.some(({ is }) => is !== 'right')) state.missing.push(download);
    state.wrong.push(...files.filter(({ is }) => is === 'wrong').map(({ file }) => file));
  }
  return state;
}

async function stateOf(
  { path, bytes, sha256 }: PublicFile,
  folder: string,
): Promise<'right' | 'wrong' | 'missing'> {
  const place = join(folder, path);
  const size = await stat(place).then(
    (found) => (found.isFile() ? found.size : -1),
    () => undefined,
  );
  if (size === undefined) return 'missing';
  if (size !== bytes) return 'wrong';
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(place)) hash.update(chunk as Buffer);
  return hash.digest('hex') === sha256 ? 'right' : 'wrong';
}

/**
 * Fetches a download and puts its files in place. A file appears under its name once it is whole and its bytes are those
 * published; where that fails or is cancelled, nothing of it is left.
 * @throws DataError
 */
export async function getDownload(
  download: PublicDownload,
  folder: string,
  tools: FetchTools,
): Promise<void> {
  const files = filesOf(download).map((file) => ({ file, place: join(folder, file.path) }));
  for (const { place } of files) await prepareFolder(dirname(place));
  const parts = new Map(files.map(({ file, place }) => [file, partOf(place)]));
  const archive = join(dirname(files[0]?.place ?? folder), `.archive.${process.pid}.part`);
  try {
    if ('members' in download) {
      await fetchFile(download, archive, tools);
      await unpackMembers(
        archive,
        new Map(
          Object.entries(download.members).map(([name, file]) => [
            name,
            { file, path: parts.get(file) ?? '' },
          ]),
        ),
      );
    } else {
      await fetchFile(download, parts.get(download) ?? '', tools);
    }
    for (const { file, place } of files) await putInPlace(parts.get(file) ?? '', place);
  } finally {
    for (const part of [archive, ...parts.values()]) await rm(part, { force: true });
  }
}

const partOf = (place: string): string =>
  join(dirname(place), `.${basename(place)}.${process.pid}.part`);

/** Makes a folder, and takes away what processes that were killed have left in it. */
async function prepareFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw unwritable(folder, error);
  }
  for (const name of await readdir(folder)) {
    const pid = /^\..+\.(\d+)\.part$/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(folder, name), { force: true });
  }
}

async function putInPlace(part: string, place: string): Promise<void> {
  try {
    await rename(part, place);
  } catch (error) {
    throw unwritable(place, error);
  }
}
