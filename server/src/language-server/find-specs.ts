/** Finds the specs of a workspace. */
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isSpecPath } from './spec-uris';

/** Enough for a project; a home directory opened by mistake costs no more than this. */
const maxFolders = 500;
const maxDepth = 4;
const maxSpecs = 1000;
const skipped = new Set(['node_modules', 'dist', 'build', 'out', 'venv', '__pycache__']);

/** Paths of specs, nearest first, in folders at most four levels below a root. Never rejects. */
export async function findSpecs(roots: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  let level = [...new Set(roots)];
  let visited = 0;
  for (let depth = 0; depth <= maxDepth && level.length > 0; depth++) {
    const next: string[] = [];
    for (const folder of level) {
      if (++visited > maxFolders || found.length > maxSpecs) return found;
      const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
      const specs = entries.filter((entry) => entry.isFile() && isSpecPath(entry.name));
      found.push(...specs.map(({ name }) => join(folder, name)).sort());
      const below = entries.filter((entry) => entry.isDirectory() && !isSkipped(entry.name));
      next.push(...below.map(({ name }) => join(folder, name)));
    }
    level = next;
  }
  return [...new Set(found)];
}

/** The folders of specs. */
export const foldersOf = (specs: readonly string[]): string[] => [...new Set(specs.map(dirname))];

const isSkipped = (name: string): boolean => name.startsWith('.') || skipped.has(name);
