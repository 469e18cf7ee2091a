import type { PublicData } from '../engine/data/inspect/public-data';

/** A stream that the command line writes to. */
export interface Output {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
}

/** The command line's surroundings; tests bring their own. */
export interface CliContext {
  stdout: Output;
  stderr: Output;
  /** Folder that relative paths count from. */
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  /** The data sets that can be fetched, where they are not the public ones. */
  publicData?: readonly PublicData[];
  /** The bundled engine process. */
  engineScript: string;
  /** Asks a question on the terminal; left out where there is none. */
  ask?: (question: string) => Promise<string>;
  /** Calls back at each Ctrl-C (or request to terminate) until the returned function is called. */
  onInterrupt(listener: () => void): () => void;
}

/** Tables and bars are never wider, however wide the terminal is. */
const WIDEST = 100;

/** Columns to write in. */
export function outputWidth({ columns }: Output): number {
  return Math.max(40, Math.min(WIDEST, columns ?? WIDEST));
}
