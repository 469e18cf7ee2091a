import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { EngineError } from '../engine/engine-error';
import type { EngineEvent, EngineHost, EngineState, NamedTensor } from '../engine/host';
import { decodeSafetensors, encodeWeights } from '../engine/network/safetensors';
import type { RunEvent } from '../protocol/generated';
import { resolveDataPath } from '../spec/resolve-path';
import type { EventLog } from './event-log';
import type { RunFacts } from './run-facts';
import { runFiles, type RunFiles } from './run-folder';
import { StateStore } from './state-store';
import { writeAtomically } from './write-atomically';

/** The engine's surroundings, kept in the run's folder. */
export class RunHost implements EngineHost {
  readonly run: string;
  readonly #facts: RunFacts;
  readonly #files: RunFiles;
  readonly #log: EventLog;
  readonly #states: StateStore;
  readonly #onEvent: (event: RunEvent) => void;
  #stopRequested = false;
  #ended = false;
  #closed = false;

  /**
   * @param onEvent told of each event once it is in the log
   * @param resumedState number of the state that the run goes on from
   */
  constructor(
    folder: string,
    facts: RunFacts,
    log: EventLog,
    onEvent: (event: RunEvent) => void,
    resumedState = 0,
  ) {
    this.run = facts.run;
    this.#facts = facts;
    this.#files = runFiles(folder);
    this.#log = log;
    this.#states = new StateStore(this.#files, resumedState);
    this.#onEvent = onEvent;
  }

  emit(event: EngineEvent): void {
    if (this.#ended) return;
    const stamped = this.#log.append(event);
    if (stamped.event === 'run-ended') {
      this.#ended = true;
      this.#log.sync();
      writeAtomically(this.#files.report, JSON.stringify(stamped.report, undefined, 2) + '\n');
    }
    this.#onEvent(stamped);
  }

  /** A stop may come from a signal, or from any process as a file: it then works after the editor was reloaded, too. */
  shouldStop(): boolean {
    this.#stopRequested ||= existsSync(this.#files.stop);
    return this.#stopRequested || this.#closed;
  }

  /** The next `shouldStop` says yes. */
  requestStop(): void {
    this.#stopRequested = true;
  }

  /** From now on nothing is written: a crash may leave computing behind that still runs. */
  close(): void {
    this.#ended = this.#closed = true;
    this.#states.close();
  }

  saveState(state: EngineState): void {
    if (this.#closed) return;
    const { nextSeq } = this.#log;
    // A state must never know of events that a power cut took from the log.
    this.#states.save({ state, nextSeq }, () => this.#log.sync());
  }

  saveWeights(name: string, tensors: readonly NamedTensor[]): string {
    mkdirSync(this.#files.weights, { recursive: true });
    const file = `${safeName(name)}.safetensors`;
    writeAtomically(join(this.#files.weights, file), encodeWeights(tensors));
    return `weights/${file}`;
  }

  readWeights(file: string): NamedTensor[] {
    try {
      return decodeSafetensors(readFileSync(join(this.#files.weights, basename(file)))).tensors;
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      const message = `The run's own file ${file} cannot be read any more: ${detail} Run the experiment again.`;
      throw new EngineError('fip/run-damaged', message, '');
    }
  }

  resolvePath(path: string): string {
    const { specPath, dataRoot } = this.#facts;
    return resolveDataPath(path, {
      specDirectory: dirname(specPath),
      ...(dataRoot !== undefined && { dataRoot }),
    });
  }
}

/** Names come from the spec: one with separators or other odd characters must not lead out of the folder. */
function safeName(name: string): string {
  const safe = name.replaceAll(/[^A-Za-z0-9_-]/g, '-').slice(0, 80);
  if (safe === name) return safe;
  return `${safe}-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
}
