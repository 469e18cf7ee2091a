/**
 * Follows one run from a stream that may begin late, skip or repeat: folds what fits and asks for what is missing.
 * The status item and the results panel both follow runs with it.
 */
import type { RunEvent } from './generated';
import { emptyRunView, foldEvent, type RunView } from './run-view';

/** Asks the sender for the events from number `from` on; the answer comes back through `answer`. */
export type AskForEvents = (from: number) => void;

export class RunFollower {
  #view: RunView = emptyRunView();
  /** Number of the newest event heard of, folded or not. */
  #newest = -1;
  /** Number that an answer is being waited for; undefined while nothing is asked. */
  #asked: number | undefined;

  /** `onEvent` hears every event once, in order, as it is folded in. */
  constructor(
    private readonly ask: AskForEvents,
    private readonly onEvent: (event: RunEvent, view: RunView) => void = () => undefined,
  ) {}

  /** The run as far as it is known without a gap. */
  get view(): RunView {
    return this.#view;
  }

  /** Asks for everything that is not known yet, as a view does when it opens or wakes up. */
  catchUp(): void {
    if (this.#asked !== undefined) return;
    this.#asked = this.#view.nextSeq;
    this.ask(this.#asked);
  }

  /**
   * Takes events of the stream; asks for the missing ones where there is a gap. A stream that begins again at 0 is that
   * of a run resumed from an earlier state: the events known before are forgotten.
   */
  accept(events: readonly RunEvent[]): void {
    if (events[0]?.event === 'run-started') this.#newest = -1;
    this.#fold(events);
    if (this.#newest >= this.#view.nextSeq) this.catchUp();
  }

  /**
   * Takes the answer to a question. Asks again where the stream has run ahead meanwhile, unless the answer brought
   * nothing: then the next event of the stream tries again.
   */
  answer(events: readonly RunEvent[]): void {
    const before = this.#view.nextSeq;
    this.#asked = undefined;
    // The stream may have brought the first events meanwhile: an answer never begins the view again.
    this.#fold(events.filter(({ seq }) => seq >= before));
    if (this.#view.nextSeq > before && this.#newest >= this.#view.nextSeq) this.catchUp();
  }

  /** The question could not be answered; the next event of the stream asks again. */
  unanswered(): void {
    this.#asked = undefined;
  }

  #fold(events: readonly RunEvent[]): void {
    for (const event of events) {
      this.#newest = Math.max(this.#newest, event.seq);
      const next = foldEvent(this.#view, event);
      if (next === this.#view) continue;
      this.#view = next;
      this.onEvent(event, next);
    }
  }
}
