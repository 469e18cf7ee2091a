import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findRuns } from './find-runs';
import { RunError } from './run-error';
import { runsFolder } from './run-folder';
import { RunRecord } from './run-record';

/** The runs that this process knows. */
export class RunRegistry {
  readonly #records = new Map<string, RunRecord>();

  add(record: RunRecord): void {
    this.#records.set(record.folder, record);
  }

  all(): RunRecord[] {
    return [...this.#records.values()];
  }

  /** Reads the runs on disk that are not known yet. Between two of them others get their turn. */
  async load(directory: string): Promise<RunRecord[]> {
    const added: RunRecord[] = [];
    for (const folder of findRuns(resolve(directory))) {
      if (this.#records.has(folder)) continue;
      await new Promise((resume) => setImmediate(resume));
      const record = this.#records.has(folder) ? undefined : RunRecord.open(folder);
      if (!record) continue;
      this.add(record);
      added.push(record);
    }
    return added;
  }

  /** Forgets the runs whose folders are gone. */
  forget(folder: string): void {
    this.#records.delete(folder);
  }

  /** The runs in a directory, newest first. */
  in(directory: string): RunRecord[] {
    const parent = runsFolder(resolve(directory));
    return newestFirst(this.all().filter(({ folder }) => dirname(folder) === parent));
  }

  /** The runs of a spec, newest first. */
  of(uri: string): RunRecord[] {
    const key = uriKey(uri);
    return newestFirst(this.all().filter(({ facts }) => uriKey(facts.uri) === key));
  }

  /**
   * @param run an id, or the folder of a run
   * @throws RunError `fip/run-unknown`
   */
  get(run: string): RunRecord {
    const found = this.#records.get(run) ?? this.all().find(({ facts }) => facts.run === run);
    if (found) return found;
    throw new RunError('fip/run-unknown', `There is no run ${run}. It may have been deleted.`);
  }
}

function newestFirst(records: RunRecord[]): RunRecord[] {
  return records.sort((a, b) => compare(b.facts.created, a.facts.created));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Editors spell the URI of one file in several ways. */
function uriKey(uri: string): string {
  try {
    const path = fileURLToPath(uri);
    return process.platform === 'win32' ? path.toLowerCase() : path;
  } catch {
    return uri;
  }
}
