import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Experiment } from '../spec/experiment';
import { experimentHash } from '../spec/experiment-hash';
import { pickNickname } from './nickname';
import { RunError } from './run-error';
import { runFiles, runsFolder } from './run-folder';
import { writeRunFacts, type RunFacts } from './run-facts';
import { fipLabVersion } from './version';

/** What a run is made of. */
export interface StartOptions {
  /** Absolute path of the spec. */
  specPath: string;
  /** Its URI, as the editor spells it. */
  uri: string;
  /** Its text. */
  text: string;
  /** The experiment that the text tells, resolved. */
  experiment: Experiment;
  /** Folder that data files are looked up in. */
  dataRoot?: string | undefined;
  /** Computes on this backend whatever the spec says. Does not make the results stale. */
  backend?: Experiment['backend'] | undefined;
}

/**
 * Makes the folder of a new run beside its spec.
 * @returns the folder's absolute path
 * @throws RunError `fip/run-folder` where it cannot be written
 */
export function createRun(options: StartOptions): string {
  const parent = runsFolder(dirname(options.specPath));
  try {
    mkdirSync(parent, { recursive: true });
    // Runs are local: they stay out of the user's repository without a change to its own ignore file.
    writeFileSync(join(parent, '..', '.gitignore'), '*\n');
    const { folder, nickname, created } = makeFolder(parent);
    writeFiles(folder, nickname, created, options);
    return folder;
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new RunError(
      'fip/run-folder',
      `The run's folder cannot be written under ${parent} (${detail}). Make that folder writable, or move the spec.`,
    );
  }
}

function makeFolder(parent: string): { folder: string; nickname: string; created: Date } {
  const taken = new Set(readdirSync(parent).map((name) => name.split('Z-')[1] ?? name));
  for (;;) {
    const created = new Date();
    const nickname = pickNickname(taken);
    const folder = join(parent, `${fileSafe(created)}-${nickname}`);
    try {
      mkdirSync(folder);
      return { folder, nickname, created };
    } catch (error) {
      // Another process took the same name in the same second.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** UTC to the second, without the characters that some file systems refuse: `2025-03-01T12-30-05Z`. */
function fileSafe(time: Date): string {
  return time
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-');
}

function writeFiles(folder: string, nickname: string, created: Date, options: StartOptions): void {
  const { specPath, uri, text, experiment, dataRoot, backend } = options;
  const files = runFiles(folder);
  const resolved = backend ? { ...experiment, backend } : experiment;
  writeFileSync(files.spec, text);
  writeFileSync(files.experiment, JSON.stringify(resolved, undefined, 2) + '\n');
  const facts: RunFacts = {
    run: basename(folder),
    nickname,
    name: experiment.name,
    uri,
    specPath,
    created: created.toISOString(),
    ...(dataRoot !== undefined && { dataRoot }),
    experimentHash: experimentHash(experiment),
    versions: { 'fip-lab': fipLabVersion, node: process.version },
  };
  // Last: a folder with run.json is a whole run.
  writeRunFacts(folder, facts);
}
