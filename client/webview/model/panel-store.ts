import type { RunSummary } from '../../../server/src/protocol/messages';
import { RunFollower } from '../../../server/src/protocol/run-follower';
import type { RunView } from '../../../server/src/protocol/run-view';
import type {
  EventsMessage,
  FromPanel,
  PanelState,
  RunsMessage,
  ToPanel,
} from '../../src/results/messages';
import { t } from '../translate';
import type { Place } from './charts/chart-model';
import { Comparison } from './comparison';
import { RunLog } from './run-log';
import { RunSteps } from './run-steps';

/** A run as the panel shows it. */
export interface ShownRun {
  summary: RunSummary;
  view: RunView;
  steps: RunSteps;
  log: RunLog;
  /** The spec asks for something else by now. */
  stale: boolean;
}

/** What the panel knows. It talks to its host through `post` and calls `changed` when there is something to draw. */
export class PanelStore {
  runs: RunsMessage | undefined;
  /** Why something the panel asked for cannot be had. */
  problem: string | undefined;
  logDistance: boolean;
  /** The checkpoint that the reader chose in the run that is shown. */
  place: Place | undefined;
  readonly comparison: Comparison;
  #selected: string | undefined;
  #follower: RunFollower | undefined;
  #steps = new RunSteps();
  #log = new RunLog(t);

  constructor(
    private readonly post: (message: FromPanel) => void,
    private readonly keep: (state: PanelState) => void,
    private readonly changed: () => void,
    kept?: PanelState,
  ) {
    this.logDistance = kept?.logDistance ?? false;
    this.comparison = new Comparison(post, kept?.compare);
    this.#wanted = kept?.run;
  }

  /** The run to select when the list of runs comes; the newest one where it is gone. */
  #wanted: string | undefined;

  /** The selected run; undefined before any is known. */
  get shown(): ShownRun | undefined {
    const summary = this.runs?.runs.find(({ run }) => run === this.#selected);
    if (!summary || !this.#follower) return undefined;
    const now = this.runs?.experimentHash ?? null;
    const stale = now !== null && now !== summary.experimentHash;
    return { summary, view: this.#follower.view, steps: this.#steps, log: this.#log, stale };
  }

  /** Takes a message of the host. */
  receive(message: ToPanel): void {
    this.comparison.receive(message);
    switch (message.type) {
      case 'runs':
        this.#takeRuns(message);
        break;
      case 'summary':
        this.#takeSummary(message.summary);
        break;
      case 'events':
        this.#takeEvents(message);
        break;
      case 'problem':
        this.problem = message.message;
        if (message.run === this.#selected) this.#follower?.unanswered();
        break;
      case 'rows':
        break;
      case 'compare':
        this.#keepState();
        break;
    }
    this.changed();
  }

  /** Shows another run. */
  select(run: string): void {
    this.#follow(run);
    this.changed();
  }

  /** The user pressed Stop: shown at once, before the engine has heard of it. */
  markStopping(run: string): void {
    const summary = this.runs?.runs.find((known) => known.run === run);
    if (!summary || (summary.status !== 'running' && summary.status !== 'starting')) return;
    this.#takeSummary({ ...summary, status: 'stopping' });
    this.changed();
  }

  /** Takes a run into the comparison, or out of it. */
  toggleCompared(run: string): void {
    this.comparison.toggle(run);
    this.#keepState();
    this.changed();
  }

  clearCompared(): void {
    this.comparison.clear();
    this.#keepState();
    this.changed();
  }

  /** Sorts the table of runs by a column; the other way round where it is sorted by it already. */
  sortRuns(column: string): void {
    const { sorting } = this.comparison;
    const isSame = sorting?.column === column;
    this.comparison.sorting = { column, descending: isSame ? !sorting.descending : true };
    this.changed();
  }

  /** Shows a checkpoint of the run, or none. */
  choosePlace(place: Place | undefined): void {
    this.place = place;
    this.changed();
  }

  setLogDistance(on: boolean): void {
    this.logDistance = on;
    this.#keepState();
    this.changed();
  }

  #takeRuns(message: RunsMessage): void {
    this.runs = message;
    this.problem = undefined;
    const wanted = [message.select, this.#selected, this.#wanted].find((run) =>
      message.runs.some((known) => known.run === run),
    );
    const next = wanted ?? message.runs[0]?.run;
    if (next !== undefined && next !== this.#selected) this.#follow(next);
    this.comparison.know(message.runs);
    this.#keepState();
  }

  #takeSummary(summary: RunSummary): void {
    if (!this.runs) return;
    const runs = this.runs.runs.map((known) => (known.run === summary.run ? summary : known));
    this.runs = { ...this.runs, runs };
    this.comparison.know(runs);
  }

  #takeEvents({ run, events, from }: EventsMessage): void {
    if (run !== this.#selected) return;
    if (from === undefined) this.#follower?.accept(events);
    else this.#follower?.answer(events);
  }

  #follow(run: string): void {
    const steps = new RunSteps();
    const log = new RunLog(t);
    this.#selected = run;
    this.place = undefined;
    this.#steps = steps;
    this.#log = log;
    this.#follower = new RunFollower(
      (from) => {
        this.post({ type: 'fetch', run, from });
      },
      (event) => {
        steps.add(event);
        log.add(event);
      },
    );
    this.post({ type: 'select', run });
    this.#follower.catchUp();
    this.#keepState();
  }

  #keepState(): void {
    if (!this.runs) return;
    this.keep({
      uri: this.runs.uri,
      logDistance: this.logDistance,
      ...(this.comparison.chosen.length > 0 && { compare: [...this.comparison.chosen] }),
      ...(this.#selected !== undefined && { run: this.#selected }),
    });
  }
}
