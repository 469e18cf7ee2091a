import type { RunSummary } from '../../../server/src/protocol/messages';

/** What the list asks the server. */
export interface RunList {
  list(): Promise<RunSummary[]>;
}

/** The runs of the workspace as the server told of them. */
export class KnownRuns {
  readonly #runs = new Map<string, RunSummary>();

  constructor(
    private readonly source: RunList,
    private readonly onChange: () => void,
  ) {}

  all(): Iterable<RunSummary> {
    return this.#runs.values();
  }

  /** Asks for all runs. */
  async refresh(): Promise<void> {
    const runs = await this.source.list();
    this.#runs.clear();
    for (const summary of runs) this.#runs.set(summary.run, summary);
    this.onChange();
  }

  changed(summary: RunSummary): void {
    this.#runs.set(summary.run, summary);
    this.onChange();
  }

  deleted(run: string): void {
    if (this.#runs.delete(run)) this.onChange();
  }
}
