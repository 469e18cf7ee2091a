/** The command line `fip`: see cli/main.ts. */
import { join } from 'node:path';
import type { CliContext } from './cli/context';
import { main } from './cli/main';
import { createInterface } from 'node:readline/promises';

/** A parent that has a channel to us and closes it wants the same as Ctrl-C, on systems without signals, too. */
const INTERRUPTS = ['SIGINT', 'SIGTERM', 'disconnect'];

const context: CliContext = {
  stdout: process.stdout,
  stderr: process.stderr,
  cwd: process.cwd(),
  env: process.env,
  engineScript: join(__dirname, 'engine-process.js'),
  ...(process.stdin.isTTY && { ask }),
  onInterrupt: (listener) => {
    INTERRUPTS.forEach((name) => process.on(name, listener));
    // It was closed before anybody listened.
    if ('connected' in process && !process.connected) listener();
    return () => INTERRUPTS.forEach((name) => process.off(name, listener));
  },
};

async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}

// Whoever reads our output may have seen enough (`fip list | head`).
process.stdout.on('error', () => undefined);

void main(process.argv.slice(2), context).then((code) => (process.exitCode = code));
