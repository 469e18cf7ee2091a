/** The language server over in-memory streams, as an editor sees it; runs are played by a fake. Made anew for each test. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach } from 'vitest';
import {
  createConnection,
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import type { Diagnostic, ProtocolConnection } from 'vscode-languageserver/node';
import type { Backends } from '../../server/src/language-server/backend-requests';
import { serve } from '../../server/src/language-server/serve';
import type { MakeRuns, Runs } from '../../server/src/language-server/spec-runs';
import type { RunSummary } from '../../server/src/protocol/messages';
import { foldEvents } from '../../server/src/protocol/run-view';
import { NodeFinder } from '../../server/src/runs/node-finder';
import { dataFiles } from '../../server/src/spec/data-inspector';
import { experimentHash } from '../../server/src/spec/experiment-hash';
import { runEvents } from './kit';

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
          listener.onChanged({ ...summaryOf('file:///somewhere', '0'), run, label });
          return Promise.resolve();
        },
        export: (run, format) => Promise.resolve(`${run} as ${format}`),
        delete: (run) => {
          listener.onDeleted?.(run);
          return Promise.resolve();
        },
        list: () => Promise.resolve(fake.latest ? [fake.latest.summary] : []),
        rows: () => [],
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
  examine: () =>
    Promise.resolve({
      node: 'v20.0.0',
      chosen: 'wasm',
      backends: [
        {
          name: 'wasm',
          available: true,
          device: 'CPU, 2 threads',
          software: false,
          reason: 'It is embedded.',
          remedy: null,
        },
        {
          name: 'webgpu',
          available: false,
          device: null,
          software: false,
          reason: 'It is not installed.',
          remedy: 'Install it.',
        },
      ],
    }),
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

export let client: ProtocolConnection;
export let fake: FakeRuns;
export let folder: string;
export let uri: string;
export let pushed: { uri: string; diagnostics: Diagnostic[] }[];
export let waiting: (() => void)[];

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

export async function initialize(
  capabilities: object = { textDocument: { diagnostic: {} } },
  options: object = {},
  workspaceFolders = [{ uri: pathToFileURL(folder).href, name: 'test' }],
) {
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

export const open = (text: string, at = uri) =>
  client.sendNotification('textDocument/didOpen', {
    textDocument: { uri: at, languageId: 'fip', version: 1, text },
  });

export interface Report {
  kind: string;
  resultId: string;
  items: Diagnostic[];
}

export const pull = (previousResultId?: string): Promise<Report> =>
  client.sendRequest('textDocument/diagnostic', { textDocument: { uri }, previousResultId });

/** Resolves at the next push that holds what is asked for. */
export async function pushedWith(code: string): Promise<Diagnostic[]> {
  for (;;) {
    const last = pushed.at(-1)?.diagnostics ?? [];
    if (last.some((diagnostic) => diagnostic.code === code)) return last;
    await new Promise<void>((resolve) => waiting.push(resolve));
  }
}
