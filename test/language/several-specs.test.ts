/** Several specs at once: of several folders of a workspace, of none, and texts that were never saved. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { validSpec } from './kit';
import { client, folder, initialize, open } from './server-kit';
import type { Report } from './server-kit';

const named = (name: string) =>
  validSpec
    .replaceAll('glyphs', name)
    .replace('format: ' + name, 'format: glyphs')
    .replace('sparsify-' + name, 'sparsify');

const codesOf = async (uri: string) => {
  const { items }: Report = await client.sendRequest('textDocument/diagnostic', {
    textDocument: { uri },
  });
  return items.map(({ code }) => code);
};

/** The labels proposed behind `on: ` of the training. */
async function proposed(uri: string, text: string): Promise<string[]> {
  const line = text.split('\n').findIndex((content) => content.includes('train: {on:'));
  const character = (text.split('\n')[line] ?? '').indexOf('on: ') + 'on: '.length;
  const items: { label: string }[] = await client.sendRequest('textDocument/completion', {
    textDocument: { uri },
    position: { line, character },
  });
  return items.map(({ label }) => label);
}

test('each has its own names and findings, with or without a folder', async () => {
  await initialize();
  const uris = [
    pathToFileURL(join(folder, 'one.fip.yaml')).href,
    pathToFileURL(join(folder, 'ü 🦦/two.fip.yaml')).href,
    'untitled:Untitled-1',
    'vscode-notebook-cell:/x#W1',
  ];
  const texts = ['ones', 'twos', 'threes', 'fours'].map(named);
  for (const [i, uri] of uris.entries()) await open(texts[i] ?? '', uri);
  for (const [i, uri] of uris.entries()) {
    expect(await codesOf(uri)).toEqual([]);
    expect(await proposed(uri, texts[i] ?? '')).toEqual([['ones', 'twos', 'threes', 'fours'][i]]);
  }
  await client.sendNotification('textDocument/didChange', {
    textDocument: { uri: uris[2], version: 2 },
    contentChanges: [{ text: named('threes').replace('steps: 10', 'stpes: 10') }],
  });
  expect(await Promise.all(uris.map(codesOf))).toEqual([[], [], ['fip/unknown-key'], []]);
  await client.sendNotification('textDocument/didClose', { textDocument: { uri: uris[0] } });
  expect(await codesOf(uris[1] ?? '')).toEqual([]);
});

test('files are read from any folder of the workspace, and from none besides', async () => {
  const roots = ['a', 'b', 'c'].map((name) => join(folder, name));
  for (const root of roots) {
    mkdirSync(root);
    writeFileSync(join(root, 'table.csv'), 'x,label\n1,0\n2,1\n3,0\n4,1\n');
  }
  const [a = '', b = ''] = roots;
  const folders = [a, b].map((root) => ({ uri: pathToFileURL(root).href, name: root }));
  await initialize(
    { textDocument: { diagnostic: {} }, workspace: { workspaceFolders: true } },
    {},
    folders,
  );
  const reads = (path: string) =>
    validSpec.replace(
      '{format: glyphs, train: 2000}',
      `{format: csv, file: ${path}, label: label}`,
    );
  const uri = pathToFileURL(join(a, 'test.fip.yaml')).href;
  await open(reads('../b/table.csv'), uri);
  expect(await codesOf(uri)).not.toContain('fip/path-outside');
  await client.sendNotification('textDocument/didChange', {
    textDocument: { uri, version: 2 },
    contentChanges: [{ text: reads('../c/table.csv') }],
  });
  expect(await codesOf(uri)).toContain('fip/path-outside');
});
