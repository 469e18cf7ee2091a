/** What the engine asks of the process that it runs in. The engine knows no files but the data it is told to read. */
import type { RunEvent } from '../protocol/generated';

type WithoutStamp<Event> = Event extends RunEvent ? Omit<Event, 'seq' | 'time'> : never;

/** An event as the engine emits it: the host numbers and dates it. */
export type EngineEvent = WithoutStamp<RunEvent>;

/** A named array of weights, as it stands in a safetensors file. */
export interface NamedTensor {
  name: string;
  shape: readonly number[];
  values: Float32Array;
}

/** All that the engine needs to go on bit for bit: small facts, and vectors as long as the network's weights. */
export interface EngineState {
  facts: Record<string, unknown>;
  tensors: NamedTensor[];
}

/** The engine's surroundings. All calls are synchronous; durable ones return once the bytes are safe. */
export interface EngineHost {
  /** Id of the run, for the report. */
  readonly run: string;
  /** Reports an event; durable. */
  emit(event: EngineEvent): void;
  /** Whether the user asked to stop; polled once a step. */
  shouldStop(): boolean;
  /** Replaces the state that a resume starts from; atomic and durable. */
  saveState(state: EngineState): void;
  /** Writes weights for the user to keep, as safetensors; returns the file's path relative to the run's folder. */
  saveWeights(name: string, tensors: readonly NamedTensor[]): string;
  /**
   * The weights that `saveWeights` wrote, in the same order.
   * @throws EngineError `fip/run-damaged` where the file can no longer be read
   */
  readWeights(file: string): NamedTensor[];
  /** The absolute path of a file that the spec names. */
  resolvePath(path: string): string;
}
