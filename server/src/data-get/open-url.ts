/** Why an address gave nothing, as part of a sentence. Another address may do better. */
export class AddressError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'AddressError';
  }
}

const MOST_REDIRECTS = 5;
/** Milliseconds without a byte after which an address counts as dead. */
const PATIENCE = 60_000;

/**
 * The bytes at an address, following redirects. Nothing is fetched by plain http, whoever asks for it, but from this
 * machine itself.
 * @throws AddressError
 */
export async function* openUrl(url: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const patience = new Patience(signal);
  try {
    const { body } = await answerOf(url, patience.signal);
    if (!body) throw new AddressError('it sent nothing');
    for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
      patience.renew();
      yield chunk;
    }
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof AddressError ? error : new AddressError(inWords(error));
  } finally {
    patience.end();
  }
}

async function answerOf(first: string, signal: AbortSignal): Promise<Response> {
  let url = allowed(new URL(first));
  for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
    const response = await fetch(url, { redirect: 'manual', signal });
    if (response.ok) return response;
    await response.body?.cancel();
    const target = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || target === null)
      throw new AddressError(`it answered ${response.status} ${response.statusText}`.trimEnd());
    url = allowed(new URL(target, url), url);
  }
  throw new AddressError(`it redirected more than ${MOST_REDIRECTS} times`);
}

/** Refuses what others on the network could read or change. */
function allowed(url: URL, from?: URL): URL {
  const isPlainHere = url.protocol === 'http:' && isThisMachine(url);
  if (url.protocol === 'https:' || (isPlainHere && from?.protocol !== 'https:')) return url;
  const what = from ? 'it redirected to' : 'it is';
  throw new AddressError(
    `${what} ${url.origin === 'null' ? url.protocol : url.origin}, which is not https`,
  );
}

const isThisMachine = ({ hostname }: URL): boolean =>
  ['localhost', '127.0.0.1', '[::1]'].includes(hostname);

/** Gives up on an address that has gone silent. */
class Patience {
  readonly #controller = new AbortController();
  readonly signal: AbortSignal;
  #timer: NodeJS.Timeout | undefined;

  constructor(outer: AbortSignal) {
    this.signal = AbortSignal.any([outer, this.#controller.signal]);
    this.renew();
  }

  renew(): void {
    this.end();
    const silent = new AddressError(`it sent nothing for ${PATIENCE / 1000} seconds`);
    this.#timer = setTimeout(() => this.#controller.abort(silent), PATIENCE);
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}

/** `fetch` says no more than that it failed; the reason is the cause. */
function inWords(error: unknown): string {
  const { cause, message } = error as Error & { cause?: NodeJS.ErrnoException };
  const reasons: Record<string, string> = {
    ENOTFOUND: 'its name is not known here: there may be no network',
    EAI_AGAIN: 'its name is not known here: there may be no network',
    ECONNREFUSED: 'it refused the connection',
    ECONNRESET: 'it broke the connection off',
    ETIMEDOUT: 'it did not answer',
    UND_ERR_CONNECT_TIMEOUT: 'it did not answer',
    UND_ERR_SOCKET: 'it broke the connection off',
  };
  return reasons[cause?.code ?? ''] ?? cause?.message ?? message;
}
