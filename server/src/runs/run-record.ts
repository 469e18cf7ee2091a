import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RunEvent } from '../protocol/generated';
import type { RunStatus, RunSummary } from '../protocol/messages';
import { outcomeOf } from '../protocol/run-outcome';
import { emptyRunView, foldEvents, type RunView } from '../protocol/run-view';
import { EventTail } from './event-tail';
import { readRunFacts, writeRunFacts, type RunFacts } from './run-facts';
import { runFiles } from './run-folder';
import { interruptedReason, runStatus } from './run-status';

/** One run as this process knows it: the facts, the events folded so far, and the engine where it is our child. */
export class RunRecord {
  readonly folder: string;
  facts: RunFacts;
  readonly #tail: EventTail;
  #last: RunEvent | undefined;
  #view: RunView = emptyRunView();
  #status: RunStatus = 'starting';
  /** The engine, where this process started it and it lives. */
  child: ChildProcess | undefined;
  /** A launched engine has not written its first event yet: what the log says belongs to the past. */
  #launched = false;

  constructor(folder: string, facts: RunFacts) {
    this.folder = folder;
    this.facts = here(folder, facts);
    this.#tail = new EventTail(runFiles(folder).events);
  }

  /** The record of a folder, or undefined where it is not that of a run. */
  static open(folder: string): RunRecord | undefined {
    const facts = readRunFacts(folder);
    if (!facts) return undefined;
    const record = new RunRecord(resolve(folder), facts);
    record.update();
    return record;
  }

  get view(): RunView {
    return this.#view;
  }

  /** Whether an engine is, or should be, at work. */
  get live(): boolean {
    return this.#status === 'starting' || this.#status === 'running' || this.#status === 'stopping';
  }

  get summary(): RunSummary {
    const { run, nickname, label, name, uri, created, experimentHash } = this.facts;
    const status = this.#status;
    return {
      ...{ run, nickname, name, uri, experimentHash, status },
      ...(label !== undefined && { label }),
      folder: this.folder,
      started: created,
      ...(status === 'interrupted' && { reason: interruptedReason(this.folder) }),
      outcome: outcomeOf(this.#view),
    };
  }

  /** Calls the run by another name; by its nickname where that is empty. */
  rename(label: string): void {
    const { label: _, ...facts } = readRunFacts(this.folder) ?? this.facts;
    const named = label === '' ? facts : { ...facts, label };
    writeRunFacts(this.folder, named);
    this.facts = here(this.folder, named);
  }

  /** An engine is being started. */
  launching(): void {
    this.#launched = true;
    this.#status = 'starting';
  }

  /** The engine was started. */
  launched(child: ChildProcess): void {
    this.child = child;
  }

  /** Our engine has ended. */
  ended(): void {
    this.child = undefined;
    this.#launched = false;
  }

  /** Reads what is new on the disk. */
  update(): { events: RunEvent[]; changed: boolean } {
    const before = this.#status;
    const { restarted, events } = this.#tail.poll();
    if (restarted) {
      this.#view = emptyRunView();
      this.#last = undefined;
    }
    this.#view = foldEvents(events, this.#view);
    this.#last = events.at(-1) ?? this.#last;
    // A resumed engine writes the log anew, with its earlier end, some seconds before it has anything new to say.
    if (events.length > 0 && this.#last?.event !== 'run-ended') this.#launched = false;
    this.#status = this.#readStatus();
    return { events, changed: this.#status !== before };
  }

  #readStatus(): RunStatus {
    const status = this.#launched ? 'interrupted' : runStatus(this.folder, this.#last);
    // Our own engine is coming up although it has not taken its lock yet.
    if (status !== 'interrupted' || !(this.#launched || this.child)) return status;
    return existsSync(runFiles(this.folder).stop) ? 'stopping' : 'starting';
  }
}

/** A project may have been moved with its runs: the spec is looked for beside the runs, under its old name. */
function here(folder: string, facts: RunFacts): RunFacts {
  const specPath = join(resolve(folder), '..', '..', '..', basename(facts.specPath));
  if (specPath === facts.specPath) return facts;
  return { ...facts, specPath, uri: pathToFileURL(specPath).href };
}
