import type { Progress } from './progress-line';

/** Progress for logs: one line for each tenth of a phase. */
export class SparseLines {
  #phase = '';
  #tenth = 0;

  /** The line to print for this progress, if it is time for one. */
  next({ phase, fraction, note }: Progress): string | undefined {
    const tenth = Math.floor(fraction * 10 + 1e-9);
    if (phase !== this.#phase) {
      this.#phase = phase;
      this.#tenth = 0;
    }
    if (tenth <= this.#tenth) return undefined;
    this.#tenth = tenth;
    return `${phase.padEnd(16)} ${String(tenth * 10).padStart(3)} %  ${note}`;
  }
}
