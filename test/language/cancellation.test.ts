/** What a newer edit makes worthless is not worked out. */
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { CancellationTokenSource, LSPErrorCodes } from 'vscode-languageserver/node';
import { LatestOnly } from '../../server/src/language-server/superseded';
import { dataFiles } from '../../server/src/spec/data-inspector';
import { validSpec } from './kit';
import { client, initialize, open, pushed, pushedWith, uri } from './server-kit';

afterEach(() => vi.restoreAllMocks());

/** How often data sets were looked at: once a check of the spec of these tests. */
const countChecks = () => vi.spyOn(dataFiles, 'dataFacts');

const change = (version: number, text: string) =>
  client.sendNotification('textDocument/didChange', {
    textDocument: { uri, version },
    contentChanges: [{ text }],
  });

test('of many edits in a row only the last ones are checked, and its findings are the ones that stay', async () => {
  const checks = countChecks();
  await initialize({ textDocument: {} });
  await open(validSpec);
  const edits = 60;
  for (let version = 2; version <= edits; version++)
    void change(version, validSpec.replace('steps: 10', `stpes${version}: 10`));
  await change(edits + 1, validSpec.replace('format: glyphs', 'format: glyps'));
  const last = await pushedWith('fip/unknown-value');
  expect(last.map(({ code }) => code)).toEqual(['fip/unknown-value']);
  expect(checks.mock.calls.length).toBeLessThan(edits / 4);
  for (let i = 0; i < 20; i++) await turn();
  expect(pushed.at(-1)?.diagnostics).toEqual(last);
});

test('a request in the midst of edits is answered from the newest text', async () => {
  await initialize();
  await open(validSpec);
  const position = { line: 4, character: 8 };
  void change(2, validSpec.replace('model: {', 'model: { '));
  const hover = client.sendRequest<{ contents: { value: string } } | null>('textDocument/hover', {
    textDocument: { uri },
    position: { line: 1, character: 1 },
  });
  void change(3, `# A comment.\n${validSpec}`);
  // Line 1 is `fip: 1` by now.
  expect((await hover)?.contents.value).toContain('fip');
  const later = await client.sendRequest('textDocument/hover', { textDocument: { uri }, position });
  expect(later).not.toBeNull();
});

test('a pull that the client has cancelled is refused as cancelled', async () => {
  await initialize();
  await open(validSpec);
  const source = new CancellationTokenSource();
  const answer = client.sendRequest(
    'textDocument/diagnostic',
    { textDocument: { uri } },
    source.token,
  );
  source.cancel();
  await expect(answer).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
});

test('the latest call alone is run, and one of another key goes its own way', async () => {
  const runs: string[] = [];
  const latest = new LatestOnly();
  const run = (key: string, name: string) =>
    latest.run(key, async () => void runs.push(`${key} ${name}`));
  await Promise.all([run('a', 'old'), run('b', 'only'), run('a', 'new')]);
  await run('a', 'newer');
  expect(runs.sort()).toEqual(['a new', 'a newer', 'b only']);
});
