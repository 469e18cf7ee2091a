import type { RunEvent } from '../protocol/generated';

/** The whole, sound lines at the start of a piece of a log. */
export interface EventLines {
  events: RunEvent[];
  /** Bytes that these events take. */
  bytes: number;
  /** Why reading ended before the last whole line. */
  note?: string;
}

const NEWLINE = 0x0a;

/**
 * Parses the whole lines of a log from event number `firstSeq` on. A last line without its end (a kill in the middle of
 * a write) is left alone; a damaged line ends the reading with a note.
 */
export function parseEventLines(piece: Buffer, firstSeq: number): EventLines {
  const events: RunEvent[] = [];
  let bytes = 0;
  for (let end = piece.indexOf(NEWLINE); end >= 0; end = piece.indexOf(NEWLINE, bytes)) {
    const seq = firstSeq + events.length;
    const event = parseEvent(piece.toString('utf8', bytes, end), seq);
    if (!event) return { events, bytes, note: damaged(seq) };
    events.push(event);
    bytes = end + 1;
  }
  return { events, bytes };
}

function parseEvent(line: string, seq: number): RunEvent | undefined {
  try {
    const event = JSON.parse(line) as Partial<RunEvent> | null;
    const sound = typeof event?.event === 'string' && event.seq === seq;
    return sound ? (event as RunEvent) : undefined;
  } catch {
    return undefined;
  }
}

function damaged(seq: number): string {
  return `The event log is damaged at line ${seq + 1}; what follows was not read.`;
}
