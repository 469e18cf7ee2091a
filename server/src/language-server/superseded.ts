/** Work that nobody waits for any more: a newer version of a spec has come, or the client has cancelled its request. */
import { setImmediate as turn } from 'node:timers/promises';
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { CancellationToken } from 'vscode-languageserver';

/** Thrown by work that a newer version has overtaken. */
export class Superseded extends Error {}

/** A message that waits is read within a turn of the event loop, and handled in the next. */
const turns = 3;

/** Runs work once no newer call with the same key is waiting; the older calls do nothing. */
export class LatestOnly {
  readonly #calls = new Map<string, number>();

  async run(key: string, work: () => Promise<void>): Promise<void> {
    const own = (this.#calls.get(key) ?? 0) + 1;
    this.#calls.set(key, own);
    for (let i = 0; i < turns; i++) {
      await turn();
      if (this.#calls.get(key) !== own) return;
    }
    this.#calls.delete(key);
    await work();
  }
}

/** Lets messages in that came meanwhile. Rejects with `Superseded` where one of them was a newer version. */
export async function pauseUnless(isOld: () => boolean): Promise<void> {
  await turn();
  if (isOld()) throw new Superseded();
}

/**
 * Answers a request; the client may have cancelled it while it waited, or while the work went on.
 * @throws ResponseError where it has
 */
export async function unlessCancelled<Result>(
  token: CancellationToken,
  work: () => Promise<Result>,
): Promise<Result> {
  await turn();
  refuseCancelled(token);
  const result = await work();
  refuseCancelled(token);
  return result;
}

function refuseCancelled(token: CancellationToken): void {
  if (token.isCancellationRequested)
    throw new ResponseError(LSPErrorCodes.RequestCancelled, 'The client cancelled this request.');
}
