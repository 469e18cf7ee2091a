import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exportRun } from '../export/export-run';
import type { RunEvent } from '../protocol/generated';
import type { RunFormat, RunRow, RunSummary } from '../protocol/messages';
import { runName } from '../protocol/run-name';
import type { RunView } from '../protocol/run-view';
import { createRun, type StartOptions } from './create-run';
import { enginePid } from './engine-lock';
import { readEventLog } from './event-log';
import { launchEngine, type EngineCommand } from './launch-engine';
import { readExperiment } from './read-experiment';
import { RunError } from './run-error';
import { runFiles } from './run-folder';
import { RunRecord } from './run-record';
import { RunRegistry } from './run-registry';
import { runRow } from './run-row';
import { watchRuns } from './watch-runs';

/** What a run service needs, and whom it tells. */
export interface RunServiceOptions extends EngineCommand {
  /** A run began, was found, or its status changed. */
  onChanged(summary: RunSummary): void;
  /**
   * New events of a run, at most ten times a second. Numbers may begin at 0 again where a run is resumed: a view that
   * is folded from the events then starts anew at `run-started`.
   */
  onEvents(run: string, events: RunEvent[]): void;
  /** A run's folder is gone. */
  onDeleted?(run: string): void;
}

/** Living runs are looked at this often: the limit of ten batches a second. */
const TICK_MS = 100;

/** A name fits on a line of a list. */
const LONGEST_LABEL = 60;

/** Starts, stops, resumes and follows runs. Engines outlive the service; the next one finds them again. */
export class RunService {
  readonly #options: RunServiceOptions;
  readonly #registry = new RunRegistry();
  readonly #watches = new Map<string, () => void>();
  #timer: NodeJS.Timeout | undefined;
  #disposed = false;

  constructor(options: RunServiceOptions) {
    this.#options = options;
  }

  /**
   * Starts a run of an experiment.
   * @throws RunError where its folder cannot be written, there is no Node.js for its backend, or its engine does not start
   */
  async start(options: StartOptions): Promise<RunSummary> {
    const folder = createRun(options);
    const record = RunRecord.open(folder);
    if (!record) throw new RunError('fip/run-folder', `The run's folder ${folder} is gone.`);
    this.#registry.add(record);
    this.#watch(resolve(dirname(options.specPath)));
    try {
      return await this.#launch(record, false);
    } catch (error) {
      // Nothing ran, so nothing is left to look at.
      this.#registry.forget(folder);
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /**
   * Asks a run to finish its step and save (`stop`), or ends its engine at once (`kill`).
   * @throws RunError where the run is unknown or not running
   */
  stop(run: string, mode: 'stop' | 'kill'): Promise<void> {
    return this.#attempt(() => {
      const record = this.#registry.get(run);
      this.#refresh(record);
      if (!record.live) throw notRunning(record);
      if (mode === 'stop') writeFileSync(runFiles(record.folder).stop, '');
      else killEngine(record);
      this.#refresh(record);
    });
  }

  /**
   * Goes on with a run that was stopped, interrupted or failed, where it stood.
   * @throws RunError where that cannot be
   */
  async resume(run: string): Promise<RunSummary> {
    const record = this.#registry.get(run);
    this.#refresh(record);
    const name = nameOf(record);
    if (record.live) throw new RunError('fip/run-busy', `${name} is running already.`);
    if (record.summary.status === 'completed')
      throw new RunError(
        'fip/run-complete',
        `${name} has completed; there is nothing to resume. Run the experiment again.`,
      );
    rmSync(runFiles(record.folder).stop, { force: true });
    return this.#launch(record, true);
  }

  /**
   * Calls a run by a name of the user's; by its nickname where that is empty.
   * @throws RunError where the run is unknown
   */
  rename(run: string, label: string): Promise<void> {
    return this.#attempt(() => {
      const record = this.#registry.get(run);
      record.rename(label.trim().slice(0, LONGEST_LABEL));
      this.#options.onChanged(record.summary);
    });
  }

  /**
   * Deletes a run's folder with all that is in it.
   * @throws RunError where the run is unknown, or runs
   */
  delete(run: string): Promise<void> {
    return this.#attempt(() => {
      const record = this.#registry.get(run);
      this.#refresh(record);
      if (record.live)
        throw new RunError('fip/run-busy', `${nameOf(record)} is running. Stop it first.`);
      rmSync(record.folder, { recursive: true, force: true });
      this.#forget(record);
    });
  }

  /**
   * A run as text in one of the formats.
   * @throws RunError where the run is unknown
   */
  export(run: string, format: RunFormat): Promise<string> {
    return this.#attempt(() => {
      const { summary, view, folder } = this.#registry.get(run);
      return exportRun({ summary, view, spec: specText(folder) }, format);
    });
  }

  /** The parameters and metrics of runs; those that are unknown are left out. */
  rows(runs: readonly string[]): RunRow[] {
    const known = this.#registry.all().filter(({ facts }) => runs.includes(facts.run));
    return known.map(({ facts, view, folder }) => runRow(facts.run, view, readExperiment(folder)));
  }

  /** The runs in some directories, or those of one spec; newest first. Reads the disk. */
  async list(directories: readonly string[], uri?: string): Promise<RunSummary[]> {
    const places = new Set([...directories, ...directoryOf(uri)]);
    for (const directory of places) await this.load(directory);
    const records = [...places].flatMap((directory) => this.#registry.in(directory));
    const wanted = uri === undefined ? records : this.#registry.of(uri);
    return wanted
      .filter((record) => records.includes(record))
      .map(({ summary }) => summary)
      .sort((a, b) => (a.started < b.started ? 1 : a.started > b.started ? -1 : 0));
  }

  /**
   * The events of a run from number `from` on.
   * @throws RunError where the run is unknown
   */
  events(run: string, from: number): Promise<{ summary: RunSummary; events: RunEvent[] }> {
    return this.#attempt(() => {
      const record = this.#registry.get(run);
      const { events } = readEventLog(runFiles(record.folder).events);
      return { summary: record.summary, events: events.slice(from) };
    });
  }

  /** The newest known run of a spec, for hovers: answers at once, from memory. */
  latest(uri: string): { summary: RunSummary; view: RunView } | undefined {
    const record = this.#registry.of(uri)[0];
    return record && { summary: record.summary, view: record.view };
  }

  /**
   * A known run as far as its events tell.
   * @throws RunError where the run is unknown
   */
  view(run: string): RunView {
    return this.#registry.get(run).view;
  }

  /** Finds the runs on disk in a directory, follows the living ones, and tells of new ones from now on. */
  async load(directory: string): Promise<void> {
    this.#registry.in(directory).forEach((record) => this.#refreshOrForget(record));
    const added = await this.#registry.load(directory);
    if (this.#disposed) return;
    added.forEach((record) => this.#options.onChanged(record.summary));
    this.#watch(resolve(directory));
    this.#follow();
  }

  /** Ends the following of runs. The engines go on. */
  dispose(): void {
    this.#disposed = true;
    clearInterval(this.#timer);
    this.#watches.forEach((unwatch) => unwatch());
    this.#registry.all().forEach(({ child }) => child?.unref());
  }

  async #launch(record: RunRecord, resume: boolean): Promise<RunSummary> {
    record.launching();
    try {
      const child = await launchEngine(record.folder, resume, backendOf(record), this.#options);
      record.launched(child);
      child.once('exit', () => {
        record.ended();
        this.#refresh(record);
      });
      if (this.#disposed) child.unref();
    } catch (error) {
      record.ended();
      record.update();
      throw error;
    }
    if (!this.#disposed) this.#options.onChanged(record.summary);
    this.#follow();
    return record.summary;
  }

  #watch(directory: string): void {
    if (this.#disposed || this.#watches.has(directory)) return;
    this.#watches.set(
      directory,
      watchRuns(directory, () => void this.load(directory)),
    );
  }

  /** Looks at living runs for as long as there are any. */
  #follow(): void {
    if (this.#timer || this.#disposed) return;
    this.#timer = setInterval(() => {
      const live = this.#registry.all().filter((record) => record.live);
      live.forEach((record) => this.#refresh(record));
      if (live.length > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    }, TICK_MS);
  }

  #refresh(record: RunRecord): void {
    if (this.#disposed) return;
    const { events, changed } = record.update();
    if (events.length > 0) this.#options.onEvents(record.facts.run, events);
    if (changed) this.#options.onChanged(record.summary);
  }

  #refreshOrForget(record: RunRecord): void {
    if (existsSync(record.folder)) this.#refresh(record);
    else this.#forget(record);
  }

  #forget({ folder, facts }: RunRecord): void {
    this.#registry.forget(folder);
    this.#options.onDeleted?.(facts.run);
  }

  #attempt<Result>(work: () => Result): Promise<Result> {
    return Promise.resolve().then(work);
  }
}

/** What a run computes on: a resumed one where it began, a new one where its spec says. */
function backendOf({ view, folder }: RunRecord): string {
  return view.backend?.name ?? readExperiment(folder)?.backend ?? 'auto';
}

/** The text that was run; empty where somebody took it away. */
function specText(folder: string): string {
  try {
    return readFileSync(runFiles(folder).spec, 'utf8');
  } catch {
    return '';
  }
}

function killEngine(record: RunRecord): void {
  const pid = enginePid(record.folder) ?? record.child?.pid;
  try {
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
  } catch {
    // It ended in this very moment.
  }
}

function notRunning(record: RunRecord): RunError {
  return new RunError(
    'fip/run-not-running',
    `${nameOf(record)} is not running (${record.summary.status}).`,
  );
}

const nameOf = ({ facts }: RunRecord): string => runName(facts);

function directoryOf(uri: string | undefined): string[] {
  try {
    return uri === undefined ? [] : [dirname(fileURLToPath(uri))];
  } catch {
    return [];
  }
}
