/** Where a path in a spec points. */
import { existsSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';

export interface PathPlaces {
  /** Folder of the spec, absolute. */
  specDirectory: string;
  /** Folder that data files are looked up in first. */
  dataRoot?: string | undefined;
}

/**
 * The absolute path of a file that a spec names: under the data root where one is set and the file is there, else
 * relative to the folder of the spec. Whether the file exists is not checked otherwise.
 */
export function resolveDataPath(path: string, { specDirectory, dataRoot }: PathPlaces): string {
  if (dataRoot && !isAbsolute(path)) {
    const underRoot = resolve(dataRoot, path);
    if (existsSync(underRoot)) return underRoot;
  }
  return resolve(specDirectory, path);
}

/** Whether a path is a folder itself or lies in it. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(resolve(folder), path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}
