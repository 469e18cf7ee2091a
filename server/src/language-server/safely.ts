/** Keeps a fault in one feature from ending the server. */
import type { RemoteConsole } from 'vscode-languageserver';

/** Runs `work`; where it throws, logs the fault and gives the fallback. */
export type Safely = <Result>(
  what: string,
  fallback: Result,
  work: () => Result | Promise<Result>,
) => Promise<Result>;

export function makeSafely(console: Pick<RemoteConsole, 'error'>): Safely {
  return async (what, fallback, work) => {
    try {
      return await work();
    } catch (error) {
      const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
      console.error(`${what} failed: ${trace}`);
      return fallback;
    }
  };
}
