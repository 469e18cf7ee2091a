import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { RunEvent } from '../protocol/generated';
import { parseEventLines } from './parse-event-lines';

/** What a log has got since it was last looked at. */
export interface TailPoll {
  /** The log began anew (the run was resumed from an earlier state): forget the events seen before. */
  restarted: boolean;
  events: RunEvent[];
}

/** Follows a growing event log without reading anything twice. */
export class EventTail {
  readonly #path: string;
  #identity = '';
  #offset = 0;
  #nextSeq = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** Why the log cannot be read to its end, where that is so. */
  note: string | undefined;

  /** Reads what is new. Never throws; a log that is not there (yet) has nothing new. */
  poll(): TailPoll {
    try {
      const file = openSync(this.#path, 'r');
      try {
        return this.#read(file);
      } finally {
        closeSync(file);
      }
    } catch {
      return { restarted: false, events: [] };
    }
  }

  #read(file: number): TailPoll {
    const { dev, ino, size } = fstatSync(file);
    const identity = `${dev}:${ino}`;
    const restarted = this.#identity !== '' && (identity !== this.#identity || size < this.#offset);
    if (restarted) this.#offset = this.#nextSeq = 0;
    this.#identity = identity;
    const { events, bytes, note } = parseEventLines(this.#piece(file, size), this.#nextSeq);
    this.note = note;
    this.#offset += bytes;
    this.#nextSeq += events.length;
    return { restarted, events };
  }

  #piece(file: number, size: number): Buffer {
    const piece = Buffer.alloc(Math.max(0, size - this.#offset));
    const read = readSync(file, piece, 0, piece.length, this.#offset);
    return piece.subarray(0, read);
  }
}
