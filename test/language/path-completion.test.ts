import { describe, expect, test } from 'vitest';
import { completion } from '../../server/src/language/completion';
import { pathCompletion } from '../../server/src/language/path-completion';
import type { FolderEntry } from '../../server/src/language/path-completion';
import { parseSpec } from '../../server/src/spec/parse';
import { atCursor, editedWith, uri } from './kit';

const file = (name: string): FolderEntry => ({ name, isFolder: false });
const folder = (name: string): FolderEntry => ({ name, isFolder: true });

const disk: Record<string, FolderEntry[]> = {
  '': [
    file('.hidden'),
    folder('.git'),
    file('notes.txt'),
    file('b.csv.gz'),
    folder('more'),
    file('w.safetensors'),
    file('table 10.csv'),
    file('table 2.csv'),
  ],
  'more/': [file('a, b.csv'), file('# c.csv'), folder('deep')],
};

const list = (path: string): Promise<FolderEntry[]> => Promise.resolve(disk[path] ?? []);

async function complete(marked: string) {
  const { text, offset } = atCursor(marked);
  const document = parseSpec(text, uri);
  const items = await pathCompletion(document, offset, list);
  const texts = items.map(({ label, textEdit }): [string, string] => [
    label,
    textEdit && 'range' in textEdit ? editedWith(document, [textEdit]) : '',
  ]);
  return { labels: items.map(({ label }) => label), texts: Object.fromEntries(texts), items };
}

describe('where a file is wanted', () => {
  test('fitting files come first, then folders, then the rest; hidden ones are left out', async () => {
    const { labels, items } = await complete('data:\n  a: {format: csv, file: <|>}\n');
    const expected = [
      'b.csv.gz',
      'table 2.csv',
      'table 10.csv',
      'more/',
      'notes.txt',
      'w.safetensors',
    ];
    expect(labels).toEqual(expected);
    expect(items.map(({ sortText }) => sortText)).toEqual([...items.keys()].map((i) => `00${i}`));
    const { labels: weights } = await complete('start:\n  weights: <|>\n');
    expect(weights.slice(0, 3)).toEqual(['w.safetensors', 'more/', 'b.csv.gz']);
  });

  test('in a list of files, too', async () => {
    const { texts } = await complete('data:\n  a: {format: cifar, files: [x.bin, <|>]}\n');
    expect(texts['more/']).toBe('data:\n  a: {format: cifar, files: [x.bin, more/]}\n');
    const { labels } = await complete(
      'data:\n  a:\n    format: cifar\n    test:\n      files:\n        - b<|>\n',
    );
    expect(labels[0]).toBe('b.csv.gz');
  });

  test('the whole path is replaced, in the quotes that it has', async () => {
    const { texts } = await complete(
      'data:\n  👍: {format: csv, test: "more/<|>x.csv", file: y}\n',
    );
    expect(texts['deep/']).toBe('data:\n  👍: {format: csv, test: "more/deep/", file: y}\n');
    expect(texts['a, b.csv']).toContain('test: "more/a, b.csv", file');
  });

  test('quotes are added where the letters need them', async () => {
    const { texts } = await complete('data:\n  a: {format: csv, file: more/<|>}\n');
    expect(texts['a, b.csv']).toContain(`file: 'more/a, b.csv'}`);
    expect(texts['# c.csv']).toContain(`file: more/# c.csv}`);
    const { texts: lines } = await complete('data:\n  a:\n    format: csv\n    file: more/<|>');
    expect(lines['a, b.csv']).toContain('file: more/a, b.csv');
  });

  test('hidden files are there for who asks, and spaces are no end of a path', async () => {
    const { labels } = await complete('start: {weights: .<|>}\n');
    expect(labels.slice(0, 4)).toEqual(['w.safetensors', '.git/', 'more/', '.hidden']);
    const { texts } = await complete(`start: {weights: 'table 1<|>'}\n`);
    expect(texts['w.safetensors']).toBe(`start: {weights: 'w.safetensors'}\n`);
  });

  test('in a text that is not whole yet', async () => {
    const { texts } = await complete('path: []\nstart: {weights: <|>');
    expect(texts['w.safetensors']).toBe('path: []\nstart: {weights: w.safetensors');
    const { texts: quoted } = await complete('start: {weights: "<|>');
    expect(quoted['w.safetensors']).toBe('start: {weights: "w.safetensors');
  });
});

test('elsewhere nothing is proposed', async () => {
  for (const marked of [
    'name: <|>',
    'data:\n  a: {format: <|>}',
    'start: {weights<|>: a}',
    '# weights: <|>',
    '<|>',
  ])
    expect((await complete(marked)).labels).toEqual([]);
});

test('completion itself proposes nothing where a file is wanted', () => {
  const { text, offset } = atCursor('start: {weights: <|>}\n');
  expect(completion(parseSpec(text, uri), offset)).toEqual([]);
});
