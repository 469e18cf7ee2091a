import type {
  RunChangedParams,
  RunDeletedParams,
  RunStreamedParams,
  RunSummary,
} from '../../../server/src/protocol/messages';
import type { RunSource } from '../runs/run-tracker';
import type { FromPanel, PanelAction, ToPanel } from './messages';

/** What the host of a panel asks the server. */
export interface PanelSource extends RunSource {
  experimentHash(uri: string): Promise<string | null>;
}

/** What the host of a panel needs of the editor. */
export interface PanelPort {
  post(message: ToPanel): void;
  act(action: PanelAction, run?: string): void;
  reveal(pointer: string): void;
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
    }
  }

  /** A run of some spec changed its status. */
  runChanged(summary: RunChangedParams): void {
    if (summary.uri !== this.uri || !this.#listening) return;
    if (this.#known.has(summary.run)) this.port.post({ type: 'summary', summary });
    else void this.sendRuns();
  }

  /** The folder of some run is gone. */
  runDeleted({ run }: RunDeletedParams): void {
    if (this.#known.delete(run)) void this.sendRuns();
  }

  /** A run of some spec has new events. */
  runStreamed({ run, events }: RunStreamedParams): void {
    if (this.#listening && run === this.#selected) this.port.post({ type: 'events', run, events });
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
