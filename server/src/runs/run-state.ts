import type { EngineState } from '../engine/host';
import { decodeSafetensors, encodeSafetensors } from '../engine/network/safetensors';

/** A state that a run can go on from, and the number of the first event that does not belong to it. */
export interface RunState {
  state: EngineState;
  nextSeq: number;
}

/** A state among others: the one with the largest number is the newest. */
export interface NumberedState extends RunState {
  number: number;
}

export function encodeRunState({ state, nextSeq, number }: NumberedState): Uint8Array {
  const facts = JSON.stringify(state.facts);
  const metadata = { facts, next_seq: String(nextSeq), number: String(number) };
  return encodeSafetensors(state.tensors, metadata);
}

/** @throws Error where the bytes are not what was written */
export function decodeRunState(bytes: Uint8Array): NumberedState {
  const { tensors, metadata } = decodeSafetensors(bytes);
  const facts: unknown = JSON.parse(metadata['facts'] ?? '');
  const nextSeq = Number(metadata['next_seq'] ?? NaN);
  const number = Number(metadata['number'] ?? 0);
  const areCounts = [nextSeq, number].every((count) => Number.isInteger(count) && count >= 0);
  if (typeof facts !== 'object' || facts === null || !areCounts)
    throw new Error('its facts are missing');
  return { state: { facts: facts as Record<string, unknown>, tensors }, nextSeq, number };
}
