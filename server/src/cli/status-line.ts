import type { Output } from './context';

const CLEAR = '\r\u001b[2K';

/** The last line of a terminal, rewritten in place; lines above it stay. Elsewhere only the lines that stay are written. */
export class StatusLine {
  readonly #output: Output;
  /** Whether there is a line to rewrite. */
  readonly interactive: boolean;
  #line = '';

  constructor(output: Output, wanted: boolean) {
    this.#output = output;
    this.interactive = wanted && output.isTTY === true;
  }

  show(line: string): void {
    if (!this.interactive || line === this.#line) return;
    this.#output.write(CLEAR + line);
    this.#line = line;
  }

  clear(): void {
    if (this.#line) this.#output.write(CLEAR);
    this.#line = '';
  }

  /** Writes a line that stays. */
  above(line: string): void {
    const shown = this.#line;
    this.clear();
    this.#output.write(`${line}\n`);
    if (shown) this.show(shown);
  }
}
