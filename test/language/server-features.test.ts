/** Each feature of the editor in an exchange with the server. */
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { SettingsChanged } from '../../server/src/protocol/messages';
import { validSpec } from './kit';
import { client, folder, initialize, open, uri } from './server-kit';

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

test('files are proposed from the data root and from beside the spec, not from elsewhere', async () => {
  mkdirSync(join(folder, 'root/sub'), { recursive: true });
  writeFileSync(join(folder, 'root/a.csv'), '');
  writeFileSync(join(folder, 'root/sub/b.csv'), '');
  writeFileSync(join(folder, 'c.csv'), '');
  symlinkSync(join(folder, 'root/sub'), join(folder, 'link'));
  await initialize(undefined, { dataRoot: join(folder, 'root') });
  const labels = async (path: string): Promise<string[]> => {
    const at = `${uri}-${path.length}.fip.yaml`;
    const line = `  a: {format: csv, file: ${path}`;
    await open(`data:\n${line}}\n`, at);
    const items: { label: string }[] = await client.sendRequest('textDocument/completion', {
      textDocument: { uri: at },
      position: { line: 1, character: line.length },
    });
    return items.map(({ label }) => label);
  };
  expect(await labels('')).toEqual(['a.csv', 'c.csv', 'link/', 'root/', 'sub/']);
  expect(await labels('sub/')).toEqual(['b.csv']);
  expect(await labels('nowhere/')).toEqual([]);
  expect(await labels('../../../../')).toEqual([]);
  expect(await labels('/etc/')).toEqual([]);
});

describe('diagnostics of the workspace', () => {
  const broken = validSpec.replace('steps', 'stepz');
  const code = 'fip/unknown-key';

  interface Item {
    uri: string;
    kind: string;
    resultId?: string;
    version: number | null;
    items?: { code: string }[];
  }

  async function ask(previous: readonly Item[] = []): Promise<Item[]> {
    const previousResultIds = previous.map(({ uri: of, resultId }) => ({
      uri: of,
      value: resultId,
    }));
    const { items }: { items: Item[] } = await client.sendRequest('workspace/diagnostic', {
      identifier: 'fip',
      previousResultIds,
    });
    return items;
  }

  const brief = (items: readonly Item[]) =>
    items.map(({ uri: of, kind, version, items: found }) => [
      of.split('/').at(-1),
      kind,
      version,
      ...(found ?? []).map((one) => one.code),
    ]);

  test('cover closed files, open texts, and files that are gone', async () => {
    mkdirSync(join(folder, 'sub'));
    writeFileSync(join(folder, 'test.fip.yaml'), broken);
    writeFileSync(join(folder, 'sub/grün 👍.fip.yml'), broken);
    const { capabilities } = await initialize();
    expect(capabilities['diagnosticProvider']).toMatchObject({ workspaceDiagnostics: true });
    await open(validSpec);
    const first = await ask();
    expect(brief(first)).toEqual([
      ['test.fip.yaml', 'full', 1],
      [encodeURIComponent('grün 👍.fip.yml'), 'full', null, code],
    ]);
    expect(brief(await ask(first)).map(([, kind]) => kind)).toEqual(['unchanged', 'unchanged']);
    rmSync(join(folder, 'sub/grün 👍.fip.yml'));
    await client.sendNotification('workspace/didChangeWatchedFiles', { changes: [] });
    expect(brief(await ask(first))).toEqual([
      ['test.fip.yaml', 'unchanged', 1],
      [encodeURIComponent('grün 👍.fip.yml'), 'full', null],
    ]);
  });

  test('follow files and settings as they change', async () => {
    writeFileSync(join(folder, 'a.fip.yaml'), broken);
    const watched = new Promise<unknown>((resolve) =>
      client.onRequest('client/registerCapability', (params: unknown) => resolve(params)),
    );
    await initialize({
      textDocument: { diagnostic: {} },
      workspace: { didChangeWatchedFiles: { dynamicRegistration: true } },
    });
    expect(await watched).toMatchObject({
      registrations: [{ method: 'workspace/didChangeWatchedFiles' }],
    });
    const first = await ask();
    writeFileSync(join(folder, 'a.fip.yaml'), `${validSpec}# longer than before\n`);
    const unused = validSpec.replace('model:', '  other: {format: glyphs}\nmodel:');
    writeFileSync(join(folder, 'b.fip.yaml'), unused);
    await client.sendNotification('workspace/didChangeWatchedFiles', { changes: [] });
    const second = await ask(first);
    expect(brief(second)).toEqual([
      ['a.fip.yaml', 'full', null],
      ['b.fip.yaml', 'full', null, 'fip/unused-data'],
    ]);
    await client.sendNotification(SettingsChanged, { diagnostics: { 'fip/unused-data': 'off' } });
    expect(brief(await ask(second))).toEqual([
      ['a.fip.yaml', 'unchanged', null],
      ['b.fip.yaml', 'full', null],
    ]);
  });

  test('cover all folders of a workspace, and those that are added', async () => {
    mkdirSync(join(folder, 'one'));
    mkdirSync(join(folder, 'two'));
    writeFileSync(join(folder, 'one/a.fip.yaml'), broken);
    writeFileSync(join(folder, 'two/b.fip.yaml'), broken);
    const of = (name: string) => ({ uri: pathToFileURL(join(folder, name)).href, name });
    await initialize({ workspace: { workspaceFolders: true } }, {}, [of('one')]);
    expect(brief(await ask())).toEqual([['a.fip.yaml', 'full', null, code]]);
    const event = { added: [of('two')], removed: [of('one')] };
    await client.sendNotification('workspace/didChangeWorkspaceFolders', { event });
    expect(brief(await ask())).toEqual([['b.fip.yaml', 'full', null, code]]);
  });
});

test('several open specs are kept apart, saved or not', async () => {
  await initialize();
  const untitled = 'untitled:Untitled-1';
  await open(validSpec);
  await open(validSpec.replaceAll('glyphs', 'runes'), untitled);
  const renamed = async (at: string): Promise<string[]> => {
    const edit: { changes: Record<string, unknown> } = await client.sendRequest(
      'textDocument/rename',
      { textDocument: { uri: at }, position: { line: 3, character: 3 }, newName: 'other' },
    );
    return Object.keys(edit.changes);
  };
  expect(await renamed(uri)).toEqual([uri]);
  expect(await renamed(untitled)).toEqual([untitled]);
  const textDocument = { uri: untitled };
  const place = { textDocument, position: { line: 6, character: 14 } };
  expect(await client.sendRequest('textDocument/prepareRename', place)).toMatchObject({
    placeholder: 'runes',
  });
  expect(await client.sendRequest('textDocument/definition', place)).toMatchObject([
    { uri: untitled },
  ]);
  expect(await client.sendRequest('textDocument/documentLink', { textDocument })).toEqual([]);
  await client.sendNotification('textDocument/didClose', { textDocument });
  expect(await client.sendRequest('textDocument/definition', place)).toEqual([]);
  expect(await renamed(uri)).toEqual([uri]);
});
