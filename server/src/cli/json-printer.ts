import type { RunEvent } from '../protocol/generated';
import type { Output } from './context';
import type { RunPrinter } from './run-printer';

/** Prints the events of a run, one a line, and nothing else on stdout. */
export function jsonPrinter(stdout: Output, stderr: Output): RunPrinter {
  return {
    begin: () => undefined,
    events: (events: readonly RunEvent[]) =>
      events.forEach((event) => stdout.write(JSON.stringify(event) + '\n')),
    stopping: () => undefined,
    end: ({ status, reason }) => {
      if (status === 'interrupted' && reason) stderr.write(`${reason}\n`);
    },
  };
}
