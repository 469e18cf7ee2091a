import type {
  GetRunEventsResult,
  RunStreamedParams,
  RunSummary,
} from '../../../server/src/protocol/messages';
import { RunFollower } from '../../../server/src/protocol/run-follower';
import type { RunView } from '../../../server/src/protocol/run-view';
import { isActive } from './run-states';

/** A run that an engine works on, as far as its events tell. */
export interface TrackedRun {
  summary: RunSummary;
  view: RunView;
}

/** What the tracker asks the server. */
export interface RunSource {
  list(uri?: string): Promise<RunSummary[]>;
  events(run: string, from: number): Promise<GetRunEventsResult>;
}

type Listener = (run: TrackedRun) => void;

/** Knows the runs that engines work on now: for progress, the status item and the context keys. */
export class RunTracker {
  readonly #runs = new Map<string, { summary: RunSummary; follower: RunFollower }>();
  readonly #listeners = new Set<Listener>();

  constructor(private readonly source: RunSource) {}

  /** Finds the runs that are active already, as after a reload of the window. */
  async refresh(): Promise<void> {
    for (const summary of await this.source.list()) this.changed(summary);
  }

  /** The active runs, the newest first. */
  active(): TrackedRun[] {
    return [...this.#runs.values()]
      .map(({ summary, follower }) => ({ summary, view: follower.view }))
      .sort((a, b) => b.summary.started.localeCompare(a.summary.started));
  }

  /** Takes a new status. A run that ended is told to the listeners once more, and then forgotten. */
  changed(summary: RunSummary): void {
    const known = this.#runs.get(summary.run);
    if (!isActive(summary) && !known) return;
    if (known) known.summary = summary;
    else this.#follow(summary);
    const tracked = this.#tracked(summary.run);
    if (!isActive(summary)) this.#runs.delete(summary.run);
    if (tracked) this.#tell(tracked);
  }

  /** Takes new events of a run. */
  streamed({ run, events }: RunStreamedParams): void {
    this.#runs.get(run)?.follower.accept(events);
    const tracked = this.#tracked(run);
    if (tracked) this.#tell(tracked);
  }

  /** Calls `listener` at every change of an active run, and once when it ended. */
  onChange(listener: Listener): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  #follow(summary: RunSummary): void {
    const follower = new RunFollower((from) => void this.#answer(summary.run, follower, from));
    this.#runs.set(summary.run, { summary, follower });
    follower.catchUp();
  }

  async #answer(run: string, follower: RunFollower, from: number): Promise<void> {
    try {
      follower.answer((await this.source.events(run, from)).events);
    } catch {
      // The stream asks again with its next event; progress without numbers is still progress.
      follower.unanswered();
    }
    const tracked = this.#tracked(run);
    if (tracked) this.#tell(tracked);
  }

  #tracked(run: string): TrackedRun | undefined {
    const entry = this.#runs.get(run);
    return entry && { summary: entry.summary, view: entry.follower.view };
  }

  #tell(run: TrackedRun): void {
    for (const listener of [...this.#listeners]) listener(run);
  }
}
