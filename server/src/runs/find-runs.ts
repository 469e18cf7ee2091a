import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readRunFacts } from './run-facts';
import { runsFolder } from './run-folder';

/** The folders of the runs of all specs in `directory`; others beside them are passed over. Never throws. */
export function findRuns(directory: string): string[] {
  const parent = runsFolder(directory);
  try {
    const entries = readdirSync(parent, { withFileTypes: true });
    const folders = entries.filter((entry) => entry.isDirectory());
    return folders.map(({ name }) => join(parent, name)).filter((folder) => readRunFacts(folder));
  } catch {
    return [];
  }
}
