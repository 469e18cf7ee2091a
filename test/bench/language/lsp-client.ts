/** A small editor: starts a language server as a child process and speaks with it over its standard input and output. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import type { Diagnostic, Position, ProtocolConnection } from 'vscode-languageserver/node';

export interface ServerCommand {
  name: string;
  /** What Node.js runs. */
  args: readonly string[];
  /** What `workspace/configuration` answers for a section. */
  settings: Readonly<Record<string, unknown>>;
}

/** Both servers push diagnostics to this client, as they do to Neovim and Emacs. */
const capabilities = {
  workspace: { configuration: true, workspaceFolders: true },
  textDocument: {
    synchronization: { didSave: true },
    publishDiagnostics: { relatedInformation: true },
    hover: { contentFormat: ['markdown'] },
    completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown'] } },
  },
};

export class LspClient {
  readonly #published = new Map<string, (diagnostics: Diagnostic[]) => void>();
  readonly #versions = new Map<string, number>();

  private constructor(
    private readonly child: ChildProcess,
    private readonly connection: ProtocolConnection,
  ) {}

  /** Starts a server and initializes it. */
  static async start({ args, settings }: ServerCommand): Promise<LspClient> {
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'ignore'] });
    const connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    const client = new LspClient(child, connection);
    connection.onNotification('textDocument/publishDiagnostics', (params: Published) =>
      client.#published.get(params.uri)?.(params.diagnostics),
    );
    connection.onRequest('workspace/configuration', ({ items }: { items: { section: string }[] }) =>
      items.map(({ section }) => settings[section] ?? null),
    );
    connection.onRequest('client/registerCapability', () => null);
    connection.listen();
    const parts = { processId: process.pid, rootUri: null, workspaceFolders: null, capabilities };
    await connection.sendRequest('initialize', parts);
    await connection.sendNotification('initialized', {});
    return client;
  }

  /** Opens a text; resolves with its first diagnostics that are as wanted. */
  async open(uri: string, text: string, isWanted: Wanted): Promise<void> {
    const published = this.#next(uri, isWanted);
    this.#versions.set(uri, 1);
    const textDocument = { uri, languageId: 'yaml', version: 1, text };
    await this.connection.sendNotification('textDocument/didOpen', { textDocument });
    await published;
  }

  /** Replaces what stands between two places of a line; `diagnosed` resolves at the next diagnostics as wanted. */
  async edit(
    uri: string,
    { at, removed, text, isWanted }: Edit,
  ): Promise<{ diagnosed: Promise<void> }> {
    const diagnosed = this.#next(uri, isWanted);
    const version = (this.#versions.get(uri) ?? 0) + 1;
    this.#versions.set(uri, version);
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ range: { start: at, end: removed ?? at }, text }],
    });
    return { diagnosed };
  }

  hover(uri: string, position: Position): Promise<unknown> {
    return this.#ask('textDocument/hover', uri, position);
  }

  complete(uri: string, position: Position): Promise<unknown> {
    return this.#ask('textDocument/completion', uri, position);
  }

  async close(uri: string): Promise<void> {
    await this.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  stop(): void {
    this.connection.dispose();
    this.child.kill();
  }

  #ask(method: string, uri: string, position: Position): Promise<unknown> {
    return this.connection.sendRequest(method, { textDocument: { uri }, position });
  }

  #next(uri: string, isWanted: Wanted): Promise<void> {
    return new Promise((resolve) =>
      this.#published.set(uri, (diagnostics) => {
        if (isWanted(diagnostics)) resolve();
      }),
    );
  }
}

export interface Edit {
  at: Position;
  /** End of what is taken away; nothing where it is left out. */
  removed?: Position;
  text: string;
  isWanted: Wanted;
}

/** Whether diagnostics are those that are waited for. */
export type Wanted = (diagnostics: readonly Diagnostic[]) => boolean;

export const someFinding: Wanted = (diagnostics) => diagnostics.length > 0;
export const noFinding: Wanted = (diagnostics) => diagnostics.length === 0;

interface Published {
  uri: string;
  diagnostics: Diagnostic[];
}
