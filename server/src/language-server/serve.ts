/** The language server, for any connection: what it can do, and what happens when. */
import { dirname } from 'node:path';
import { DidChangeWatchedFilesNotification, TextDocuments } from 'vscode-languageserver';
import type {
  Connection,
  InitializeResult,
  WorkspaceFoldersChangeEvent,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { RunChanged, RunDeleted, RunStreamed, SettingsChanged } from '../protocol/messages';
import type { RunSummary } from '../protocol/messages';
import type { NodeFinder } from '../runs/node-finder';
import type { DataInspector } from '../spec/data-inspector';
import { answerBackendRequests } from './backend-requests';
import type { Backends } from './backend-requests';
import { capabilities } from './capabilities';
import { Diagnostics } from './diagnostics';
import { findSpecs, foldersOf } from './find-specs';
import { offerLanguageFeatures } from './language-features';
import { OpenSpecs } from './open-specs';
import { Refresher } from './refresher';
import { answerRunRequests } from './run-requests';
import { makeSafely } from './safely';
import { abilitiesOf, rootsOf, settingsOf } from './settings';
import { pathOfUri, specPattern } from './spec-uris';
import type { MakeRuns } from './spec-runs';
import { LatestOnly, unlessCancelled } from './superseded';
import { WorkspaceDiagnostics } from './workspace-diagnostics';

export interface ServerParts {
  /** Finds the Node.js of engines, and is told which one the user names. */
  nodes: NodeFinder;
  makeRuns: MakeRuns;
  inspector: DataInspector;
  backends: Backends;
  version: string;
}

/** Serves a connection until it is closed. Nothing that a client sends ends the server. */
export function serve(connection: Connection, parts: ServerParts): void {
  const { nodes, makeRuns, inspector, backends, version } = parts;
  const safely = makeSafely(connection.console);
  /** A client that refuses a message, or is gone, is no reason to end. */
  const tell = (message: () => Promise<void>) =>
    void safely('Telling the client', undefined, message);
  const documents = new TextDocuments(TextDocument);
  let settings = settingsOf(undefined, []);
  let abilities = abilitiesOf({});
  /** URIs of the specs of runs, for events that name only the run. */
  const uris = new Map<string, string>();
  let searched: Promise<string[]> | undefined;
  let followsFolders = false;

  const runs = makeRuns({
    onChanged: (summary) => runChanged(summary),
    onEvents: (run, events) => {
      tell(() => connection.sendNotification(RunStreamed, { run, events }));
      const uri = uris.get(run);
      if (uri !== undefined) refresher.runChanged(uri);
    },
    onDeleted: (run) => runDeleted(run),
  });
  const specs = new OpenSpecs(documents, inspector, () => settings);
  const diagnostics = new Diagnostics(
    connection,
    specs,
    runs,
    safely,
    () => abilities.pullsDiagnostics,
    () => settings.diagnostics,
  );
  const edits = new LatestOnly();
  const push = (uri: string) => safely('Diagnostics', undefined, () => diagnostics.push(uri));
  const refresher = new Refresher(connection, () => abilities, push);

  function runChanged(summary: RunSummary): void {
    uris.set(summary.run, summary.uri);
    tell(() => connection.sendNotification(RunChanged, summary));
    refresher.runChanged(summary.uri);
  }

  function runDeleted(run: string): void {
    const uri = uris.get(run);
    uris.delete(run);
    tell(() => connection.sendNotification(RunDeleted, { run }));
    if (uri !== undefined) refresher.runChanged(uri);
  }

  /** The specs of the workspace. */
  const specFiles = (): Promise<string[]> => (searched ??= findSpecs(settings.workspaceRoots));
  const allDiagnostics = new WorkspaceDiagnostics(specs, diagnostics, specFiles);

  /** Folders with specs: those of the workspace, and those of open files. */
  async function specFolders(): Promise<string[]> {
    const open = documents.keys().flatMap((uri) => folderOf(uri) ?? []);
    return [...new Set([...foldersOf(await specFiles()), ...open])];
  }

  const load = (folder: string) => safely('Finding runs', undefined, () => runs.load(folder));

  function settingsChanged(options: unknown): void {
    settings = settingsOf(options, settings.workspaceRoots);
    nodes.setPath(settings.nodePath);
    specs.forgetChecks();
    documents.keys().forEach((uri) => void push(uri));
    refreshDiagnostics();
  }

  function refreshDiagnostics(): void {
    if (abilities.refreshesDiagnostics) tell(() => connection.languages.diagnostics.refresh());
  }

  /** Specs came, went or changed on the disk. */
  function filesChanged(): void {
    searched = undefined;
    refreshDiagnostics();
  }

  function foldersChanged({ added, removed }: WorkspaceFoldersChangeEvent): void {
    const gone = rootsOf(removed);
    const kept = settings.workspaceRoots.filter((root) => !gone.includes(root));
    settings = { ...settings, workspaceRoots: [...kept, ...rootsOf(added)] };
    searched = undefined;
    specs.forgetChecks();
    void findRuns();
  }

  connection.onInitialize((params): InitializeResult => {
    settings = settingsOf(params.initializationOptions, rootsOf(params.workspaceFolders ?? []));
    abilities = abilitiesOf(params.capabilities);
    nodes.setPath(settings.nodePath);
    followsFolders = params.capabilities.workspace?.workspaceFolders === true;
    return { serverInfo: { name: 'fip-language-server', version }, capabilities };
  });
  const findRuns = () =>
    safely('Finding runs', undefined, async () => {
      for (const folder of await specFolders()) await load(folder);
    });
  connection.onInitialized(() => {
    if (followsFolders) connection.workspace.onDidChangeWorkspaceFolders(foldersChanged);
    if (abilities.watchesFiles)
      tell(async () => {
        await connection.client.register(DidChangeWatchedFilesNotification.type, {
          watchers: [{ globPattern: specPattern }],
        });
      });
    void findRuns();
  });
  connection.onDidChangeWatchedFiles(filesChanged);
  connection.onNotification(SettingsChanged, settingsChanged);
  connection.languages.diagnostics.on(({ textDocument, previousResultId }, token) =>
    unlessCancelled(token, () => diagnostics.report(textDocument.uri, previousResultId)),
  );
  connection.languages.diagnostics.onWorkspace(({ previousResultIds }, token) =>
    safely('Workspace diagnostics', { items: [] }, () =>
      allDiagnostics.report(previousResultIds, token),
    ),
  );
  documents.onDidOpen(({ document: { uri } }) => {
    const folder = folderOf(uri);
    if (folder !== undefined) void load(folder).then(() => push(uri));
  });
  documents.onDidChangeContent(({ document: { uri } }) => void edits.run(uri, () => push(uri)));
  documents.onDidClose(({ document: { uri } }) => {
    specs.close(uri);
    tell(() => diagnostics.clear(uri));
  });
  offerLanguageFeatures(connection, specs, runs, safely, {
    richHovers: () => settings.richHovers === true,
    probe: () => (settings.trusted === false ? undefined : backends.examine()),
  });
  answerRunRequests({ connection, specs, runs, settings: () => settings, specFolders, safely });
  answerBackendRequests(connection, backends, () => settings);
  connection.onShutdown(() => {
    refresher.dispose();
    runs.dispose();
  });
  documents.listen(connection);
  connection.listen();
}

function folderOf(uri: string): string | undefined {
  const path = pathOfUri(uri);
  return path === undefined ? undefined : dirname(path);
}
