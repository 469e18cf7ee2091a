import type {
  RunChangedParams,
  RunDeletedParams,
  RunRow,
  RunStreamedParams,
  RunSummary,
} from '../../../server/src/protocol/messages';
import type { RunSource } from '../runs/run-tracker';
import type { FromPanel, PanelAction, SaveMessage, ToPanel } from './messages';

/** What the host of a panel asks the server. */
export interface PanelSource extends RunSource {
  experimentHash(uri: string): Promise<string | null>;
  rows(runs: string[]): Promise<RunRow[]>;
}

/** What the host of a panel needs of the editor. */
export interface PanelPort {
  post(message: ToPanel): void;
  act(action: PanelAction, run?: string): void;
  reveal(pointer: string): void;
  compareSpecs(runs: [string, string]): void;
  exportWeights(run: string, file: string): void;
  save(file: SaveMessage): void;
  isTrusted(): boolean;
}

/**
 * The host's half of the talk with one panel. A hidden panel is sent nothing: it asks for what it missed when it comes
 * back. Only the events of the selected run are sent.
 */
export class PanelHost {
  /** Whether the panel's script listens; not so while the panel is hidden. */
  #listening = false;
  #selected: string | undefined;
  /** Compared runs, whose events the panel wants too. */
  #followed = new Set<string>();
  /** The runs to compare as soon as the panel listens. */
  #compared: RunSummary[] | undefined;
  /** The run to select as soon as the panel listens. */
  #wanted: string | undefined;
  readonly #known = new Set<string>();

  constructor(
    readonly uri: string,
    private readonly fileName: string,
    private readonly port: PanelPort,
    private readonly source: PanelSource,
  ) {}

  /** Selects a run, now or as soon as the panel listens. */
  showRun(run: string): void {
    this.#wanted = run;
    if (this.#listening) void this.sendRuns();
  }

  /** Compares runs, now or as soon as the panel listens. */
  compare(runs: RunSummary[]): void {
    this.#compared = runs;
    if (this.#listening) void this.sendRuns();
  }

  hidden(): void {
    this.#listening = false;
  }

  /** Takes a message of the panel. */
  receive(message: FromPanel): void {
    switch (message.type) {
      case 'ready':
        this.#listening = true;
        void this.sendRuns();
        break;
      case 'select':
        this.#selected = message.run;
        break;
      case 'fetch':
        void this.#sendEvents(message.run, message.from);
        break;
      case 'action':
        this.port.act(message.action, message.run);
        break;
      case 'reveal':
        this.port.reveal(message.pointer);
        break;
      default:
        this.#receiveMore(message);
    }
  }

  #receiveMore(
    message: Exclude<FromPanel, { type: 'ready' | 'select' | 'fetch' | 'action' | 'reveal' }>,
  ): void {
    switch (message.type) {
      case 'follow':
        this.#followed = new Set(message.runs);
        break;
      case 'ask-rows':
        void this.#sendRows(message.runs);
        break;
      case 'compare-specs':
        this.port.compareSpecs(message.runs);
        break;
      case 'export-weights':
        this.port.exportWeights(message.run, message.file);
        break;
      case 'save':
        this.port.save(message);
        break;
    }
  }

  /** A run of some spec changed its status. */
  runChanged(summary: RunChangedParams): void {
    const isFollowed = this.#followed.has(summary.run);
    if ((summary.uri !== this.uri && !isFollowed) || !this.#listening) return;
    if (isFollowed || this.#known.has(summary.run)) this.port.post({ type: 'summary', summary });
    else void this.sendRuns();
  }

  /** The folder of some run is gone. */
  runDeleted({ run }: RunDeletedParams): void {
    if (this.#known.delete(run)) void this.sendRuns();
  }

  /** A run of some spec has new events. */
  runStreamed({ run, events }: RunStreamedParams): void {
    const isWanted = run === this.#selected || this.#followed.has(run);
    if (this.#listening && isWanted) this.port.post({ type: 'events', run, events });
  }

  /** Sends the list of runs, and what the spec is now. */
  async sendRuns(): Promise<void> {
    if (!this.#listening) return;
    try {
      const [runs, experimentHash] = await Promise.all([
        this.source.list(this.uri),
        this.#experimentHash(),
      ]);
      this.#postRuns(runs, experimentHash);
    } catch (error) {
      this.port.post({ type: 'problem', message: messageOf(error) });
    }
  }

  #postRuns(runs: RunSummary[], experimentHash: string | null): void {
    for (const { run } of runs) this.#known.add(run);
    this.port.post({
      type: 'runs',
      uri: this.uri,
      fileName: this.fileName,
      runs,
      experimentHash,
      trusted: this.port.isTrusted(),
      ...(this.#wanted !== undefined && { select: this.#wanted }),
    });
    this.#wanted = undefined;
    if (this.#compared) this.port.post({ type: 'compare', runs: this.#compared });
    this.#compared = undefined;
  }

  async #sendRows(runs: string[]): Promise<void> {
    try {
      this.port.post({ type: 'rows', rows: await this.source.rows(runs) });
    } catch (error) {
      this.port.post({ type: 'problem', message: messageOf(error) });
    }
  }

  /** Whether results are stale is worth knowing, but never worth an empty panel. */
  async #experimentHash(): Promise<string | null> {
    try {
      return await this.source.experimentHash(this.uri);
    } catch {
      return null;
    }
  }

  async #sendEvents(run: string, from: number): Promise<void> {
    try {
      const { events, summary } = await this.source.events(run, from);
      this.port.post({ type: 'summary', summary });
      this.port.post({ type: 'events', run, events, from });
    } catch (error) {
      this.port.post({ type: 'problem', run, message: messageOf(error) });
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
