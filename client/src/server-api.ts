import type { Range } from '../../server/src/protocol/generated';
import * as messages from '../../server/src/protocol/messages';

/** What ends a request before it is answered. */
export interface Cancellation {
  isCancellationRequested: boolean;
  onCancellationRequested(listener: () => void): { dispose(): void };
}

/** The part of a language client that requests and notifications need. */
export interface Connection {
  sendRequest<Result>(method: string, params: unknown, token?: Cancellation): Promise<Result>;
  sendNotification(method: string, params: unknown): Promise<void>;
  onNotification(method: string, handler: (params: unknown) => void): { dispose(): void };
}

type Listener = (params: unknown) => void;

/** What the language server can be asked, typed. Every call rejects where the server does not answer. */
export class ServerApi {
  readonly #listeners = new Map<string, Set<Listener>>();

  constructor(private readonly connection: Connection) {}

  start(uri: string): Promise<messages.StartRunResult> {
    const params: messages.StartRunParams = { uri };
    return this.connection.sendRequest(messages.StartRun, params);
  }

  stop(run: string, mode: messages.StopRunParams['mode']): Promise<void> {
    const params: messages.StopRunParams = { run, mode };
    return this.connection.sendRequest(messages.StopRun, params);
  }

  resume(run: string): Promise<messages.ResumeRunResult> {
    const params: messages.ResumeRunParams = { run };
    return this.connection.sendRequest(messages.ResumeRun, params);
  }

  /** Calls a run by a name; by its nickname where that is empty. */
  rename(run: string, label: string): Promise<void> {
    const params: messages.RenameRunParams = { run, label };
    return this.connection.sendRequest(messages.RenameRun, params);
  }

  /** Deletes a run's folder; rejects, with the reason, while it runs. */
  delete(run: string): Promise<void> {
    const params: messages.DeleteRunParams = { run };
    return this.connection.sendRequest(messages.DeleteRun, params);
  }

  /** A run as text. */
  export(run: string, format: messages.RunFormat): Promise<messages.ExportRunResult> {
    const params: messages.ExportRunParams = { run, format };
    return this.connection.sendRequest(messages.ExportRun, params);
  }

  /** The runs of one spec, or of the whole workspace; newest first. */
  list(uri?: string): Promise<messages.ListRunsResult> {
    const params: messages.ListRunsParams = { ...(uri !== undefined && { uri }) };
    return this.connection.sendRequest(messages.ListRuns, params);
  }

  /** The parameters and metrics of runs, for a table of them. */
  rows(runs: string[]): Promise<messages.GetRunRowsResult> {
    const params: messages.GetRunRowsParams = { runs };
    return this.connection.sendRequest(messages.GetRunRows, params);
  }

  events(run: string, from: number): Promise<messages.GetRunEventsResult> {
    const params: messages.GetRunEventsParams = { run, from };
    return this.connection.sendRequest(messages.GetRunEvents, params);
  }

  /** Hash of the spec as it stands in the editor; null while it has errors. */
  experimentHash(uri: string): Promise<messages.GetExperimentHashResult> {
    const params: messages.GetExperimentHashParams = { uri };
    return this.connection.sendRequest(messages.GetExperimentHash, params);
  }

  /** The range of a JSON pointer in the spec's text; null where the spec cannot be read. */
  locate(uri: string, pointer: string): Promise<Range | null> {
    const params: messages.LocatePointerParams = { uri, pointer };
    return this.connection.sendRequest(messages.LocatePointer, params);
  }

  /** The native backends and how they stand; takes seconds. */
  listBackends(): Promise<messages.ListBackendsResult> {
    return this.connection.sendRequest(messages.ListBackends, {});
  }

  /** What this machine can compute on; takes seconds. Rejects where no engine can be started. */
  examineMachine(): Promise<messages.ExamineMachineResult> {
    return this.connection.sendRequest(messages.ExamineMachine, {});
  }

  /** Installs a backend, for minutes, until the token ends it. */
  installBackend(
    params: messages.InstallBackendParams,
    token: Cancellation,
  ): Promise<messages.InstallBackendResult> {
    return this.connection.sendRequest(messages.InstallBackend, params, token);
  }

  /** Null, or why it could not be removed. */
  removeBackend(params: messages.RemoveBackendParams): Promise<messages.RemoveBackendResult> {
    return this.connection.sendRequest(messages.RemoveBackend, params);
  }

  onBackendProgress(handler: (params: messages.BackendProgressParams) => void): {
    dispose(): void;
  } {
    return this.#listen(messages.BackendProgress, (params) =>
      handler(params as messages.BackendProgressParams),
    );
  }

  settingsChanged(settings: messages.SettingsChangedParams): Promise<void> {
    return this.connection.sendNotification(messages.SettingsChanged, settings);
  }

  onRunChanged(handler: (summary: messages.RunChangedParams) => void): { dispose(): void } {
    return this.#listen(messages.RunChanged, (params) =>
      handler(params as messages.RunChangedParams),
    );
  }

  onRunStreamed(handler: (params: messages.RunStreamedParams) => void): { dispose(): void } {
    return this.#listen(messages.RunStreamed, (params) =>
      handler(params as messages.RunStreamedParams),
    );
  }

  onRunDeleted(handler: (params: messages.RunDeletedParams) => void): { dispose(): void } {
    return this.#listen(messages.RunDeleted, (params) =>
      handler(params as messages.RunDeletedParams),
    );
  }

  /** A connection takes one handler a method, and a second one would replace the first: all listeners share it. */
  #listen(method: string, listener: Listener): { dispose(): void } {
    const known = this.#listeners.get(method);
    const listeners = known ?? new Set<Listener>();
    listeners.add(listener);
    if (!known) {
      this.#listeners.set(method, listeners);
      this.connection.onNotification(method, (params) => {
        for (const each of listeners) each(params);
      });
    }
    return { dispose: () => void listeners.delete(listener) };
  }
}
