/** Progress is spoken at most this often; a change of state always, at once. */
const PAUSE_MS = 15_000;

/** Speaks to screen readers without flooding them. */
export class Announcer {
  #state = '';
  #text = '';
  #spokenAt = -Infinity;

  /** `speak` writes into a live region; `now` is in milliseconds. */
  constructor(
    private readonly speak: (text: string) => void,
    private readonly now: () => number,
  ) {}

  /** The panel is in `state` and `text` says how far it is. */
  update(state: string, text: string): void {
    const isNews = state !== this.#state;
    if (!isNews && (text === this.#text || this.now() - this.#spokenAt < PAUSE_MS)) return;
    this.#state = state;
    this.#text = text;
    this.#spokenAt = this.now();
    this.speak(text);
  }
}
