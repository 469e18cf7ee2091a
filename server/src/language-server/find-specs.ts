/** Finds the folders of a workspace that hold specs. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isSpecPath } from './spec-uris';

/** Enough for a project; a home directory opened by mistake costs no more than this. */
const maxFolders = 500;
const maxDepth = 4;
const skipped = new Set(['node_modules', 'dist', 'build', 'out', 'venv', '__pycache__']);

/** Folders with specs in them, nearest first, at most four levels below a root. Never rejects. */
export async function findSpecFolders(roots: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  let level = [...new Set(roots)];
  let visited = 0;
  for (let depth = 0; depth <= maxDepth && level.length > 0; depth++) {
    const next: string[] = [];
    for (const folder of level) {
      if (++visited > maxFolders) return found;
      const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
      if (entries.some((entry) => entry.isFile() && isSpecPath(entry.name))) found.push(folder);
      const below = entries.filter((entry) => entry.isDirectory() && !isSkipped(entry.name));
      next.push(...below.map(({ name }) => join(folder, name)));
    }
    level = next;
  }
  return found;
}

const isSkipped = (name: string): boolean => name.startsWith('.') || skipped.has(name);
