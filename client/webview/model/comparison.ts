import type { RunRow, RunSummary } from '../../../server/src/protocol/messages';
import { RunFollower } from '../../../server/src/protocol/run-follower';
import type { RunView } from '../../../server/src/protocol/run-view';
import type { FromPanel, ToPanel } from '../../src/results/messages';
import type { Sorting } from './runs-table';

/** A run that is compared, as far as its events have come. */
export interface ComparedRun {
  summary: RunSummary;
  view: RunView;
  row: RunRow | undefined;
}

/** The table of runs and the runs that are compared, of this spec or of others. */
export class Comparison {
  sorting: Sorting | undefined;
  readonly rows = new Map<string, RunRow>();
  #chosen: string[];
  #own: readonly RunSummary[] = [];
  /** Runs of other specs. */
  #others = new Map<string, RunSummary>();
  #followers = new Map<string, RunFollower>();
  #asked = '';

  constructor(
    private readonly post: (message: FromPanel) => void,
    kept: readonly string[] = [],
  ) {
    this.#chosen = [...kept];
  }

  /** The ids of the chosen runs, in the order in which they were chosen. */
  get chosen(): readonly string[] {
    return this.#chosen;
  }

  /** The chosen runs that are known; no comparison below two. */
  get runs(): ComparedRun[] {
    return this.#chosen.flatMap((run) => {
      const summary = this.#summaryOf(run);
      const follower = this.#followers.get(run);
      return summary && follower ? [{ summary, view: follower.view, row: this.rows.get(run) }] : [];
    });
  }

  /** The panel's runs, or what is known of one, changed. Asks for what the table shows of them. */
  know(runs: readonly RunSummary[]): void {
    this.#own = runs;
    this.#askRows();
    this.#follow();
  }

  /** Takes a message of the host, where it is about runs that are compared. */
  receive(message: ToPanel): void {
    if (message.type === 'rows') for (const row of message.rows) this.rows.set(row.run, row);
    if (message.type === 'compare') this.#compare(message.runs);
    if (message.type === 'summary' && this.#others.has(message.summary.run))
      this.#others.set(message.summary.run, message.summary);
    if (message.type === 'events') {
      const follower = this.#followers.get(message.run);
      if (message.from === undefined) follower?.accept(message.events);
      else follower?.answer(message.events);
    }
    if (message.type === 'problem' && message.run !== undefined)
      this.#followers.get(message.run)?.unanswered();
  }

  /** Takes a run into the comparison, or out of it. */
  toggle(run: string): void {
    this.#chosen = this.#chosen.includes(run)
      ? this.#chosen.filter((one) => one !== run)
      : [...this.#chosen, run];
    this.#follow();
  }

  clear(): void {
    this.#chosen = [];
    this.#follow();
  }

  #compare(runs: readonly RunSummary[]): void {
    this.#others = new Map(runs.map((summary) => [summary.run, summary]));
    this.#chosen = runs.map(({ run }) => run);
    this.#askRows();
    this.#follow();
  }

  #summaryOf(run: string): RunSummary | undefined {
    return this.#own.find((summary) => summary.run === run) ?? this.#others.get(run);
  }

  /** What a run has measured changes as it goes; it is asked again when its status does. */
  #askRows(): void {
    const runs = [...this.#own, ...this.#others.values()];
    const now = runs.map(({ run, status }) => `${run} ${status}`).join();
    if (now === this.#asked || runs.length < 2) return;
    this.#asked = now;
    this.post({ type: 'ask-rows', runs: [...new Set(runs.map(({ run }) => run))] });
  }

  /** Events are fetched of the compared runs alone, and only where there are two. */
  #follow(): void {
    const wanted = this.#chosen.filter((run) => this.#summaryOf(run));
    const runs = wanted.length > 1 ? wanted : [];
    const isSame =
      runs.length === this.#followers.size && runs.every((run) => this.#followers.has(run));
    if (isSame) return;
    for (const run of this.#followers.keys()) if (!runs.includes(run)) this.#followers.delete(run);
    this.post({ type: 'follow', runs });
    for (const run of runs) if (!this.#followers.has(run)) this.#begin(run);
  }

  #begin(run: string): void {
    const follower = new RunFollower((from) => this.post({ type: 'fetch', run, from }));
    this.#followers.set(run, follower);
    follower.catchUp();
  }
}
