import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CliContext, Output } from '../../server/src/cli/context';
import { main } from '../../server/src/cli/main';

/** A stream that keeps what it is given. */
export class Captured implements Output {
  text = '';
  constructor(
    readonly isTTY = false,
    readonly columns = 100,
  ) {}
  write(text: string): void {
    this.text += text;
  }
  get lines(): string[] {
    return this.text.split('\n').slice(0, -1);
  }
}

/** `fip` under test: one call. */
export class Fip {
  readonly stdout: Captured;
  readonly stderr = new Captured();
  readonly context: CliContext;
  #interrupt: () => void = () => undefined;

  constructor(
    cwd: string,
    engineScript: string,
    more: Partial<CliContext> & { tty?: boolean } = {},
  ) {
    const { tty = false, ...rest } = more;
    this.stdout = new Captured(tty);
    this.context = {
      stdout: this.stdout,
      stderr: this.stderr,
      cwd,
      env: {},
      engineScript,
      onInterrupt: (listener) => {
        this.#interrupt = listener;
        return () => (this.#interrupt = () => undefined);
      },
      ...rest,
    };
  }

  /** Resolves to the exit code. */
  run(...args: string[]): Promise<number> {
    return main(args, this.context);
  }

  /** Presses Ctrl-C. */
  interrupt(): void {
    this.#interrupt();
  }
}

/** Writes a spec whose seed tells the fake engine what to do; returns its name. */
export function writeSpec(
  directory: string,
  { seed = 0, expect = '[]', file = 'fake.fip.yaml' } = {},
): string {
  writeFileSync(
    join(directory, file),
    `fip: 1
name: fake
seed: ${seed}
data:
  digits: { format: glyphs, train: 200, test: 50 }
model: { architecture: mlp, hidden: [8], classes: 10 }
start:
  train: { on: digits, epochs: 2 }
path:
  - leg: prune
    objective: { type: sparsify, target: 0.8 }
    keep: { on: digits, memory: 100 }
    solver: { type: geodesic, steps: 8, samples: 50 }
expect: ${expect}
`,
  );
  return file;
}
