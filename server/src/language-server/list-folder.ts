/** Lists folders where a spec may name files. */
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { FolderEntry } from '../language/path-completion';
import type { FilePlaces } from '../spec/check-files';
import { readableFolders } from '../spec/check-files';
import { isInside } from '../spec/resolve-path';

/** What a path names below the data root and below the folder of the spec; nothing that specs may not read. */
export async function listFolder(path: string, places: FilePlaces): Promise<FolderEntry[]> {
  const { dataRoot, specDirectory } = places;
  const roots = [...(dataRoot ? [dataRoot] : []), specDirectory];
  const targets = [...new Set(roots.map((root) => resolve(root, path)))];
  const allowed = targets.filter((target) =>
    readableFolders(places).some((folder) => isInside(target, folder)),
  );
  const found = await Promise.all(allowed.map(entriesOf));
  return [...new Map(found.flat().map((entry) => [entry.name, entry])).values()];
}

/** Links count as what they lead to. */
async function entriesOf(folder: string): Promise<FolderEntry[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return Promise.all(
    entries.map(async (entry) => {
      const isFolder = entry.isSymbolicLink()
        ? await stat(join(folder, entry.name)).then(
            (target) => target.isDirectory(),
            () => false,
          )
        : entry.isDirectory();
      return { name: entry.name, isFolder };
    }),
  );
}
