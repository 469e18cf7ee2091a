/** The language server over in-memory streams, as an editor sees it; runs are played by a fake. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  createConnection,
  CancellationTokenSource,
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import type { Diagnostic, ProtocolConnection } from 'vscode-languageserver/node';
import type { Backends } from '../../server/src/language-server/backend-requests';
import { serve } from '../../server/src/language-server/serve';
import type { MakeRuns, Runs } from '../../server/src/language-server/spec-runs';
import {
  BackendProgress,
  GetExperimentHash,
  InstallBackend,
  ListRuns,
  LocatePointer,
  RemoveBackend,
  StartRun,
  DeleteRun,
  RenameRun,
  RunChanged,
  RunDeleted,
  StopRun,
} from '../../server/src/protocol/messages';
import type { RunSummary, StartRunResult } from '../../server/src/protocol/messages';
import { foldEvents } from '../../server/src/protocol/run-view';
import { NodeFinder } from '../../server/src/runs/node-finder';
import { dataFiles } from '../../server/src/spec/data-inspector';
import { experimentHash } from '../../server/src/spec/experiment-hash';
import { runEvents, validSpec } from './kit';

/** What the fake run service was asked for, and what it plays. */
interface FakeRuns {
  started: Parameters<Runs['start']>[0][];
  loaded: string[];
  latest: ReturnType<Runs['latest']>;
  listener: Parameters<MakeRuns>[0] | undefined;
  make: MakeRuns;
}

function fakeRuns(): FakeRuns {
  const fake: FakeRuns = {
    started: [],
    loaded: [],
    latest: undefined,
    listener: undefined,
    make: (listener) => {
      fake.listener = listener;
      return {
        start: (options) => {
          fake.started.push(options);
          const summary = summaryOf(options.uri, experimentHash(options.experiment));
          fake.latest = { summary, view: foldEvents(runEvents('completed')) };
          return Promise.resolve(summary);
        },
        stop: () => Promise.reject(new Error('calm-otter is not running.')),
        resume: () => Promise.reject(new Error('There is nothing to resume.')),
        rename: (run, label) => {
          const summary = { ...summaryOf(uri, '0'), run, label };
          listener.onChanged(summary);
          return Promise.resolve();
        },
        export: (run, format) => Promise.resolve(`${run} as ${format}`),
        delete: (run) => {
          listener.onDeleted?.(run);
          return Promise.resolve();
        },
        list: () => Promise.resolve(fake.latest ? [fake.latest.summary] : []),
        events: () => Promise.reject(new Error('There is no such run.')),
        latest: () => fake.latest,
        load: (directory) => {
          fake.loaded.push(directory);
          return Promise.resolve();
        },
        dispose: () => undefined,
      };
    },
  };
  return fake;
}

/** Backends whose installation goes on until it is cancelled. */
const fakeBackends: Backends = {
  list: () => Promise.resolve({ folder: '/storage', offers: [], installed: [] }),
  install: ({ name }, { tell, signal }) =>
    new Promise((resolve) => {
      signal?.addEventListener('abort', () => resolve({ outcome: 'cancelled' }));
      tell(`Fetching ${name} ...`);
    }),
  remove: ({ folder }) => (folder === '/storage/webgpu' ? null : 'It is not there.'),
};

function summaryOf(uri: string, hash: string): RunSummary {
  return {
    run: 'r1',
    nickname: 'calm-otter',
    name: 'sparsify-glyphs',
    uri,
    folder: '/nowhere/.fip/runs/r1',
    status: 'completed',
    started: '2026-01-01T00:00:00.000Z',
    experimentHash: hash,
    outcome: {},
  };
}

let client: ProtocolConnection;
let fake: FakeRuns;
let folder: string;
let uri: string;
let pushed: { uri: string; diagnostics: Diagnostic[] }[];
let waiting: (() => void)[];

beforeEach(() => {
  const [up, down] = [new PassThrough(), new PassThrough()];
  fake = fakeRuns();
  serve(createConnection(new StreamMessageReader(up), new StreamMessageWriter(down)), {
    nodes: new NodeFinder(),
    makeRuns: fake.make,
    inspector: dataFiles,
    backends: fakeBackends,
    version: '0.0.0',
  });
  client = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  pushed = [];
  waiting = [];
  client.onNotification('textDocument/publishDiagnostics', (params: (typeof pushed)[number]) => {
    pushed.push(params);
    waiting.splice(0).forEach((resolve) => resolve());
  });
  client.listen();
  folder = mkdtempSync(join(tmpdir(), 'fip-server-'));
  uri = pathToFileURL(join(folder, 'test.fip.yaml')).href;
});

afterEach(async () => {
  await client.sendRequest('shutdown');
  client.dispose();
  rmSync(folder, { recursive: true });
});

async function initialize(
  capabilities: object = { textDocument: { diagnostic: {} } },
  options: object = {},
) {
  const workspaceFolders = [{ uri: pathToFileURL(folder).href, name: 'test' }];
  const result: { capabilities: Record<string, unknown> } = await client.sendRequest('initialize', {
    processId: null,
    rootUri: null,
    workspaceFolders,
    capabilities,
    initializationOptions: options,
  });
  await client.sendNotification('initialized', {});
  return result;
}

const open = (text: string, at = uri) =>
  client.sendNotification('textDocument/didOpen', {
    textDocument: { uri: at, languageId: 'fip', version: 1, text },
  });

interface Report {
  kind: string;
  resultId: string;
  items: Diagnostic[];
}

const pull = (previousResultId?: string): Promise<Report> =>
  client.sendRequest('textDocument/diagnostic', { textDocument: { uri }, previousResultId });

/** Resolves at the next push that holds what is asked for. */
async function pushedWith(code: string): Promise<Diagnostic[]> {
  for (;;) {
    const last = pushed.at(-1)?.diagnostics ?? [];
    if (last.some((diagnostic) => diagnostic.code === code)) return last;
    await new Promise<void>((resolve) => waiting.push(resolve));
  }
}

const start = (at = uri): Promise<StartRunResult> => client.sendRequest(StartRun, { uri: at });

describe('editing', () => {
  test('says what it can do', async () => {
    const { capabilities } = await initialize();
    expect(capabilities).toMatchObject({
      textDocumentSync: 2,
      hoverProvider: true,
      diagnosticProvider: { interFileDependencies: false },
    });
  });

  test('pulled diagnostics follow incremental edits', async () => {
    await initialize();
    await open(validSpec.replace('steps', 'stepz'));
    const broken = await pull();
    expect(broken.items).toMatchObject([
      {
        code: 'fip/unknown-key',
        source: 'fip',
        severity: 1,
        range: { start: { line: 11, character: 29 } },
      },
    ]);
    expect(await pull(broken.resultId)).toEqual({ kind: 'unchanged', resultId: broken.resultId });
    await client.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [
        {
          range: { start: { line: 11, character: 33 }, end: { line: 11, character: 34 } },
          text: 's',
        },
      ],
    });
    expect((await pull(broken.resultId)).items).toEqual([]);
  });

  test('a client that cannot pull is pushed the same', async () => {
    await initialize({});
    await open(validSpec.replace('steps', 'stepz'));
    expect(await pushedWith('fip/unknown-key')).toHaveLength(1);
  });

  test('hover, completion, lenses, outline and fixes answer', async () => {
    await initialize();
    await open(validSpec);
    const textDocument = { uri };
    const position = { line: 11, character: 6 };
    expect(
      await client.sendRequest('textDocument/hover', { textDocument, position }),
    ).toMatchObject({
      contents: { kind: 'markdown' },
    });
    expect(
      await client.sendRequest('textDocument/completion', {
        textDocument,
        position: { line: 15, character: 0 },
      }),
    ).toMatchObject([{ label: 'description' }, { label: 'seed' }, { label: 'backend' }]);
    expect(await client.sendRequest('textDocument/codeLens', { textDocument })).toMatchObject([
      { command: { command: 'fip.run', arguments: [uri] } },
    ]);
    expect(await client.sendRequest('textDocument/documentSymbol', { textDocument })).toHaveLength(
      5,
    );
    const range = { start: position, end: position };
    expect(
      await client.sendRequest('textDocument/codeAction', {
        textDocument,
        range,
        context: { diagnostics: [] },
      }),
    ).toEqual([]);
  });

  test('names are found, and renamed or refused with a sentence', async () => {
    await initialize();
    await open(validSpec);
    const textDocument = { uri };
    const position = { line: 6, character: 15 };
    const start = { line: 3, character: 2 };
    expect(
      await client.sendRequest('textDocument/definition', { textDocument, position }),
    ).toMatchObject([{ uri, range: { start } }]);
    expect(
      await client.sendRequest('textDocument/references', {
        textDocument,
        position,
        context: { includeDeclaration: true },
      }),
    ).toHaveLength(4);
    expect(
      await client.sendRequest('textDocument/documentHighlight', { textDocument, position }),
    ).toHaveLength(4);
    expect(
      await client.sendRequest('textDocument/prepareRename', { textDocument, position }),
    ).toMatchObject({ placeholder: 'glyphs' });
    const rename = (newName: string) =>
      client.sendRequest('textDocument/rename', { textDocument, position, newName });
    expect(await rename('digits')).toMatchObject({ changes: { [uri]: { length: 4 } } });
    await expect(rename('2 digits')).rejects.toThrow('`2 digits` is no name.');
  });

  test('folds, selections, colours, links and formatting answer', async () => {
    writeFileSync(join(folder, 'there.csv'), '1,0\n');
    const { capabilities } = await initialize();
    const text = validSpec
      .replace('{format: glyphs', `{format: csv,   file: there.csv, test: '${process.execPath}'`)
      .replace('name:', 'name:  ');
    await open(text);
    const textDocument = { uri };
    const ask = (method: string, params: object = {}): Promise<unknown> =>
      client.sendRequest(`textDocument/${method}`, { textDocument, ...params });
    expect(await ask('foldingRange')).toHaveLength(5);
    expect(await ask('selectionRange', { positions: [{ line: 0, character: 0 }] })).toMatchObject([
      { range: { end: { line: 0, character: 3 } } },
    ]);
    expect(capabilities['semanticTokensProvider']).toMatchObject({ full: true, range: true });
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 6 } };
    const words = [0, 0, 3, 0, 0, 0, 5, 1, 5, 0];
    expect(await ask('semanticTokens/range', { range })).toEqual({ data: words });
    expect(await ask('semanticTokens/full')).toMatchObject({
      data: expect.arrayContaining(words),
    });
    expect(await ask('documentLink')).toEqual([
      {
        range: { start: { line: 3, character: 32 }, end: { line: 3, character: 41 } },
        target: pathToFileURL(join(folder, 'there.csv')).href,
      },
    ]);
    const options = { tabSize: 2, insertSpaces: true };
    expect(await ask('rangeFormatting', { options, range })).toEqual([]);
    expect(await ask('formatting', { options })).toMatchObject([
      { newText: 'name: sparsify-glyphs\n' },
      { range: { start: { line: 3 } } },
    ]);
  });

  test('requests for files that are not open answer nothing', async () => {
    await initialize();
    const textDocument = { uri: 'file:///nowhere/at/all.fip.yaml' };
    const position = { line: 99, character: 99 };
    expect(await client.sendRequest('textDocument/hover', { textDocument, position })).toBeNull();
    expect(await client.sendRequest('textDocument/completion', { textDocument, position })).toEqual(
      [],
    );
    expect(await client.sendRequest(GetExperimentHash, { uri: textDocument.uri })).toBeNull();
  });

  test('finds the runs of the workspace and of open files', async () => {
    writeFileSync(join(folder, 'other.fip.yaml'), validSpec);
    await initialize();
    await open(validSpec);
    await pull();
    await client.sendRequest(ListRuns, {});
    expect(fake.loaded).toContain(folder);
  });
});

describe('running', () => {
  test('the text of the open buffer is run, and its results come back onto its lines', async () => {
    await initialize();
    await open(validSpec);
    expect(await start()).toMatchObject({ started: true, summary: { run: 'r1' } });
    expect(fake.started[0]?.text).toBe(validSpec);
    expect(fake.started[0]?.experiment.path[0]?.solver.samples).toBe(1000);
    const summary = fake.latest?.summary;
    if (summary) fake.listener?.onChanged(summary);
    const found = await pushedWith('fip/expectation-failed');
    expect(found.every(({ source }) => source === 'fip run')).toBe(true);
    const hints = await client.sendRequest('textDocument/inlayHint', {
      textDocument: { uri },
      range: { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } },
    });
    expect(hints).toMatchObject([
      { position: { line: 8 } },
      { position: { line: 13 } },
      { position: { line: 14 } },
    ]);
    expect(await client.sendRequest(GetExperimentHash, { uri })).toBe(summary?.experimentHash);
  });

  test('results of a spec that has changed since are withdrawn', async () => {
    await initialize();
    await open(validSpec);
    await start();
    const summary = fake.latest?.summary;
    if (summary) fake.listener?.onChanged(summary);
    await pushedWith('fip/expectation-failed');
    const next = new Promise<void>((resolve) => waiting.push(resolve));
    await client.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [{ text: validSpec.replace('steps: 10', 'steps: 20') }],
    });
    await next;
    expect(pushed.at(-1)?.diagnostics).toEqual([]);
  });

  test('an invalid spec is refused with its first error and line', async () => {
    await initialize();
    await open(validSpec.replace('steps', 'stepz').replace('0.8}', '80}'));
    expect(await start()).toEqual({
      started: false,
      reason:
        'The spec has an error in line 10: `target` must be greater than 0 and less than 1, but is 80. For 80 % write 0.8. (and 1 more error)',
    });
    expect(fake.started).toEqual([]);
  });

  test('nothing runs in an untrusted workspace', async () => {
    await initialize(undefined, { trusted: false });
    await open(validSpec);
    expect(await start()).toMatchObject({
      started: false,
      reason: expect.stringContaining('not trusted'),
    });
    expect(fake.started).toEqual([]);
  });

  test('a spec that was never saved is checked but not run', async () => {
    await initialize();
    await open(validSpec, 'untitled:Untitled-1');
    expect(await start('untitled:Untitled-1')).toMatchObject({
      started: false,
      reason: expect.stringContaining('Save the spec'),
    });
  });

  test('a file that is not open is run from the disk; a missing one is refused', async () => {
    await initialize();
    expect(await start()).toMatchObject({ started: false });
    writeFileSync(join(folder, 'test.fip.yaml'), validSpec);
    expect(await start()).toMatchObject({ started: true });
  });

  test('a stop that cannot be is answered with the reason, and the server lives on', async () => {
    await initialize();
    await expect(client.sendRequest(StopRun, { run: 'r1', mode: 'stop' })).rejects.toThrow(
      'calm-otter is not running.',
    );
    await open(validSpec);
    expect(await client.sendRequest(LocatePointer, { uri, pointer: '/expect/1' })).toMatchObject({
      start: { line: 14, character: 5 },
    });
  });
});

describe('the list of runs', () => {
  test('a run that was renamed or deleted is told to the client', async () => {
    const told: unknown[] = [];
    client.onNotification(RunChanged, (summary) => void told.push(summary));
    client.onNotification(RunDeleted, (params) => void told.push(params));
    await client.sendRequest(RenameRun, { run: 'r1', label: 'good' });
    await client.sendRequest(DeleteRun, { run: 'r1' });
    expect(told).toMatchObject([{ run: 'r1', label: 'good' }, { run: 'r1' }]);
  });
});

describe('native backends', () => {
  const webgpu = { name: 'webgpu', cuda: false };

  test('an installation tells what it does until it is cancelled', async () => {
    await initialize();
    const cancel = new CancellationTokenSource();
    const told = new Promise((resolve) => client.onNotification(BackendProgress, resolve));
    const result = client.sendRequest(InstallBackend, webgpu, cancel.token);
    expect(await told).toEqual({ name: 'webgpu', doing: 'Fetching webgpu ...' });
    cancel.cancel();
    expect(await result).toEqual({ outcome: 'cancelled' });
  });

  test('one is removed, or the answer says why not', async () => {
    await initialize();
    const remove = (at: string) =>
      client.sendRequest(RemoveBackend, { name: 'webgpu', folder: at });
    expect(await remove('/storage/webgpu')).toBeNull();
    expect(await remove('/elsewhere')).toBe('It is not there.');
  });

  test('nothing is installed or removed from an untrusted workspace', async () => {
    await initialize(undefined, { trusted: false });
    expect(await client.sendRequest(InstallBackend, webgpu)).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('not trusted'),
    });
    const removal = { name: 'webgpu', folder: '/storage/webgpu' };
    expect(await client.sendRequest(RemoveBackend, removal)).toContain('not trusted');
  });
});
