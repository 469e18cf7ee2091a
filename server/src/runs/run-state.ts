import { readFileSync } from 'node:fs';
import type { EngineState } from '../engine/host';
import { decodeSafetensors, encodeSafetensors } from '../engine/network/safetensors';
import { RunError } from './run-error';
import { writeAtomically } from './write-atomically';

/** A state that a run can go on from, and the number of the first event that does not belong to it. */
export interface RunState {
  state: EngineState;
  nextSeq: number;
}

/** Replaces the saved state; the old one stays until the new one is safe on the disk. */
export function saveRunState(path: string, { state, nextSeq }: RunState): void {
  const metadata = { facts: JSON.stringify(state.facts), next_seq: String(nextSeq) };
  writeAtomically(path, encodeSafetensors(state.tensors, metadata));
}

/**
 * The saved state, or undefined where none was saved yet.
 * @throws RunError `fip/state-damaged` where the file is not what was written
 */
export function loadRunState(path: string): RunState | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw damaged(path, error);
  }
  try {
    return decodeRunState(bytes);
  } catch (error) {
    throw damaged(path, error);
  }
}

function decodeRunState(bytes: Buffer): RunState {
  const { tensors, metadata } = decodeSafetensors(bytes);
  const facts: unknown = JSON.parse(metadata['facts'] ?? '');
  const nextSeq = Number(metadata['next_seq'] ?? NaN);
  if (typeof facts !== 'object' || facts === null || !Number.isInteger(nextSeq) || nextSeq < 0)
    throw new Error('its facts are missing');
  return { state: { facts: facts as Record<string, unknown>, tensors }, nextSeq };
}

function damaged(path: string, error: unknown): RunError {
  const detail = error instanceof Error ? error.message : String(error);
  return new RunError(
    'fip/state-damaged',
    `The saved state ${path} cannot be read (${detail}). The run cannot go on from it: run the experiment again.`,
  );
}
