import type { DataFile } from './data-file';

/** The files that a list of the spec names. `parent` is the pointer of what holds the list, relative to the data set's entry. */
export function cifarFiles(
  paths: readonly string[],
  parent: string,
  resolve: (path: string) => string,
): DataFile[] {
  return paths.map((path, i) => ({
    path,
    pointer: `${parent}/files/${i}`,
    location: resolve(path),
  }));
}
