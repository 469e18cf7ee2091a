import { existsSync, readFileSync } from 'node:fs';
import { RunError } from './run-error';
import type { RunFiles } from './run-folder';
import { decodeRunState, encodeRunState, type NumberedState, type RunState } from './run-state';
import { readSlot, StateSlot } from './state-slot';
import { writeAtomically } from './write-atomically';

/** Milliseconds between two states that wait for the disk. */
const DURABLE_EVERY = 1000;

/**
 * Where a run's states are kept. A kill of the process takes at most the state that is being written: two files take turns.
 * A power cut takes at most a second's work: waiting for the disk at each step would take longer than many a step.
 */
export class StateStore {
  readonly #slots: readonly StateSlot[];
  #lastDurable = -Infinity;

  /** @param number that of the state which the run goes on from */
  constructor(
    private readonly files: Pick<RunFiles, 'state' | 'stateSlots'>,
    private number = 0,
  ) {
    this.#slots = files.stateSlots.map((path) => new StateSlot(path));
  }

  /** @param beforeDurable what must be on the disk before a state that knows of it */
  save(state: RunState, beforeDurable: () => void): void {
    const number = ++this.number;
    const bytes = encodeRunState({ ...state, number });
    if (performance.now() - this.#lastDurable < DURABLE_EVERY) {
      this.#slots[number % this.#slots.length]?.write(bytes);
      return;
    }
    beforeDurable();
    writeAtomically(this.files.state, bytes);
    this.#lastDurable = performance.now();
  }

  close(): void {
    for (const slot of this.#slots) slot.close();
  }
}

/**
 * The newest state that is whole, or undefined where none was saved yet.
 * @throws RunError `fip/state-damaged` where there are only ruins
 */
export function loadState(
  files: Pick<RunFiles, 'state' | 'stateSlots'>,
): NumberedState | undefined {
  const slots = files.stateSlots.flatMap((path) => {
    const bytes = readSlot(path);
    return bytes ? [decodeRunState(bytes)] : [];
  });
  const newest = (states: readonly NumberedState[]) =>
    [...states].sort((a, b) => b.number - a.number)[0];
  if (!existsSync(files.state)) return newest(slots);
  try {
    return newest([...slots, decodeRunState(readFileSync(files.state))]);
  } catch (error) {
    return newest(slots) ?? refuse(files.state, error);
  }
}

function refuse(path: string, error: unknown): never {
  const detail = error instanceof Error ? error.message : String(error);
  throw new RunError(
    'fip/state-damaged',
    `The saved state ${path} cannot be read (${detail}). The run cannot go on from it: run the experiment again.`,
  );
}
