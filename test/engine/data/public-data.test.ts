import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import {
  filesOf,
  PUBLIC_DATA,
  publicDataAt,
} from '../../../server/src/engine/data/inspect/public-data';
import { pathsIn } from '../../../server/src/spec/schema-node';
import { loadExperiment } from '../../../server/src/spec/load-experiment';

const samples = join(import.meta.dirname, '../../../samples');
const specs = readdirSync(samples).filter((name) => name.endsWith('.fip.yaml'));
const textOf = (name: string) => readFileSync(join(samples, name), 'utf8');

describe('the data sets that can be fetched', () => {
  test('have several addresses each, https all, and whole checksums', () => {
    for (const download of PUBLIC_DATA.flatMap(({ downloads }) => downloads)) {
      expect(new Set(download.urls.map((url) => new URL(url).host)).size).toBeGreaterThan(1);
      expect(download.urls.every((url) => url.startsWith('https://'))).toBe(true);
      for (const { sha256, bytes, path } of [download, ...filesOf(download)].map((one) => ({
        path: 'a/b',
        ...one,
      }))) {
        expect(sha256).toMatch(/^[0-9a-f]{64}$/);
        expect(bytes).toBeGreaterThan(0);
        expect(path).toMatch(/^[a-z0-9-]+\/[A-Za-z0-9_.-]+$/);
      }
    }
  });

  test('no two files have the same place or the same bytes', () => {
    const files = PUBLIC_DATA.flatMap(({ downloads }) => downloads.flatMap(filesOf));
    expect(new Set(files.map(({ path }) => path)).size).toBe(files.length);
    expect(new Set(files.map(({ sha256 }) => sha256)).size).toBe(files.length);
  });

  test.each(PUBLIC_DATA)('$name is read by the lines that are shown for it', async (data) => {
    const own = parse(data.spec) as { data?: Record<string, unknown> };
    const [set] = Object.keys(own.data ?? { glyphs: {} });
    const rest = own.data
      ? `model: {architecture: mlp, hidden: [9], classes: 10}\nstart: {train: {on: ${set}}}\n`
      : 'data: {glyphs: {format: glyphs}}\n';
    const text = `fip: 1\nname: x\n${data.spec}\n${rest}path: []\nmeasure: {spectrum: {on: ${set}}}\n`;
    const { diagnostics } = await loadExperiment(text, { specPath: '/nowhere/x.fip.yaml' });
    expect(new Set(diagnostics.map(({ code }) => code))).toEqual(new Set(['fip/file-missing']));
    const named = pathsIn(parse(text)).map(({ path }) => path);
    const files = data.downloads.flatMap(filesOf).map(({ path }) => path);
    // A network is named by the folder of its files.
    const wanted = own.data ? files : [...new Set(files.map((path) => dirname(path)))];
    expect(named.sort()).toEqual(wanted.sort());
  });

  test.each(specs)('%s names only files that can be fetched, and says how', (name) => {
    const all = pathsIn(parse(textOf(name)));
    const paths = all.filter(({ path }) => !existsSync(join(samples, path)));
    const sets = paths.map(({ path }) => publicDataAt(path));
    expect(sets).not.toContain(undefined);
    for (const set of sets) expect(textOf(name)).toContain(`fip data get ${set}`);
  });
});

test('a path is known by its end', () => {
  expect(publicDataAt('mnist/t10k-labels-idx1-ubyte.gz')).toBe('mnist');
  expect(publicDataAt('C:\\data\\fashion-mnist\\t10k-labels-idx1-ubyte.gz')).toBe('fashion_mnist');
  expect(publicDataAt('networks/minilm')).toBe('minilm');
  expect(publicDataAt('other-mnist/t10k-labels-idx1-ubyte.gz')).toBeUndefined();
  expect(publicDataAt('t10k-labels-idx1-ubyte.gz')).toBeUndefined();
});

test('a missing file of one says how to get it', async () => {
  const text = textOf('sparsify-mnist.fip.yaml');
  const { diagnostics } = await loadExperiment(text, { specPath: '/nowhere/x.fip.yaml' });
  const missing = diagnostics.filter(({ code }) => code === 'fip/file-missing');
  expect(missing).toHaveLength(4);
  for (const { message } of missing) expect(message).toContain('`fip data get mnist`');
  const sentences = await loadExperiment(textOf('sparsify-sentences.fip.yaml'), {
    specPath: '/nowhere/x.fip.yaml',
  });
  const weights = sentences.diagnostics.find(({ message }) => message.includes('file or folder'));
  expect(weights?.message).toContain('`fip data get minilm`');
});
