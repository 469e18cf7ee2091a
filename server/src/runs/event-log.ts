import { closeSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { EngineEvent } from '../engine/host';
import type { RunEvent } from '../protocol/generated';
import { parseEventLines } from './parse-event-lines';
import { writeAtomically } from './write-atomically';

/** The events of a log, as far as they can be read. */
export interface ReadLog {
  events: RunEvent[];
  /** Where reading ended early and why; a torn last line is no reason for a note. */
  note?: string;
}

/** Reads a log. A missing one is empty. Never throws for what is in the file. */
export function readEventLog(path: string): ReadLog {
  const { events, note } = parseEventLines(readBytes(path), 0);
  return { events, ...(note !== undefined && { note }) };
}

/** The append-only list of a run's events on the disk. */
export class EventLog {
  readonly #file: number;
  #bytes: number;
  #nextSeq: number;

  private constructor(file: number, bytes: number, nextSeq: number) {
    this.#file = file;
    this.#bytes = bytes;
    this.#nextSeq = nextSeq;
  }

  /** Starts an empty log. */
  static create(path: string): EventLog {
    writeAtomically(path, '');
    return new EventLog(openSync(path, 'a'), 0, 0);
  }

  /**
   * Goes on with a log: events from number `nextSeq` on, and what cannot be read, are dropped. The log becomes a new
   * file, so that a reader in another process sees that it began anew.
   */
  static reopen(path: string, nextSeq: number): EventLog {
    const kept = readEventLog(path).events.slice(0, nextSeq);
    const bytes = Buffer.from(kept.map((event) => JSON.stringify(event) + '\n').join(''));
    writeAtomically(path, bytes);
    return new EventLog(openSync(path, 'a'), bytes.length, kept.length);
  }

  /** Number of the next event. */
  get nextSeq(): number {
    return this.#nextSeq;
  }

  /** Numbers, dates and writes an event. It outlives a kill of this process at once, a power cut after `sync`. */
  append(event: EngineEvent): RunEvent {
    const { event: kind, ...rest } = event;
    const time = new Date().toISOString();
    const stamped = { event: kind, seq: this.#nextSeq, time, ...rest } as RunEvent;
    this.#write(Buffer.from(JSON.stringify(stamped) + '\n'));
    this.#nextSeq++;
    return stamped;
  }

  /** Returns once all events are on the disk. */
  sync(): void {
    fsyncSync(this.#file);
  }

  close(): void {
    closeSync(this.#file);
  }

  #write(line: Buffer): void {
    try {
      for (let done = 0; done < line.length;) done += writeSync(this.#file, line, done);
    } catch (error) {
      // A full disk took half a line: the next one must not be glued to it.
      ftruncateSync(this.#file, this.#bytes);
      throw error;
    }
    this.#bytes += line.length;
  }
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}
