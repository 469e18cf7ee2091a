/** The language server as an editor sees it: diagnostics, runs and backends. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CancellationTokenSource } from 'vscode-languageserver/node';
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
import type { StartRunResult } from '../../server/src/protocol/messages';
import { validSpec } from './kit';

import {
  client,
  fake,
  folder,
  initialize,
  open,
  pull,
  pushed,
  pushedWith,
  uri,
  waiting,
} from './server-kit';

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
    ).toMatchObject(
      ['description', 'seed', 'backend', 'measure', 'compare'].map((label) => ({ label })),
    );
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
