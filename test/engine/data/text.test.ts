import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { inspectData } from '../../../server/src/engine/data/inspect/inspect-data';
import { readData } from '../../../server/src/engine/data/read-data';
import type { TextData } from '../../../server/src/spec/experiment';
import { minilmFolder } from '../../../scripts/lib/minilm.mjs';
import fixture from '../../fixtures/parity/tokens.json' with { type: 'json' };
import { withoutMinilm } from '../../minilm';
import { folderWithTokenizer, single, textData } from './text-kit';

const folder = folderWithTokenizer();
const read = (changes: Partial<TextData> = {}) =>
  readData('set', { ...textData, ...changes }, { seed: 1, resolvePath: folder.now.resolve });

const word = (text: string): number =>
  (fixture.tiny.uncased.model.vocab as Record<string, number>)[text]!;
/** A row of the tiny tokenizer: [CLS], words, [SEP], padding. */
const row = (...words: string[]) =>
  Array.from({ length: 6 }, (_, i) =>
    words[i - 1] !== undefined
      ? word(words[i - 1]!)
      : [2, 3, 0][Number(i > 0) + Number(i > words.length + 1)]!,
  );

describe('reading texts', () => {
  const expected = [...row('good'), ...row('not', 'bad')];

  test.each<[string, TextData['layout'], string | Uint8Array, Partial<TextData>]>([
    ['separated by tabs', 'tsv', 'good\t1\nnot bad\t0\n', {}],
    ['with Windows line breaks, packed', 'tsv', gzipSync('good\t1\r\nnot bad\t0\r\n'), {}],
    ['with a byte order mark and blank lines', 'tsv', '\ufeff\ngood\t1\n \nnot bad\t0', {}],
    ['with the label in front', 'tsv', '1\tgood\n0\tnot bad\n', { text: 1, label: 'first' }],
    [
      'with names and more columns',
      'tsv',
      'id\tsentence\tkind\tby\n7\tgood\t1\tme\n8\tnot bad\t0\tyou\n',
      { header: true, text: 'sentence', label: 'kind' },
    ],
    ['separated by commas', 'csv', '"good",1\n"not\nbad",0\n', {}],
    [
      'of JSON objects',
      'jsonl',
      '{"text": "good", "label": 1}\n{"label":0,"text":"not bad"}\n',
      {},
    ],
    [
      'of JSON objects, by key',
      'jsonl',
      '{"n": 1, "a": "good", "b": "1"}\n{"a": "not bad", "b": "0", "c": null}\n',
      { text: 'a', label: 'b' },
    ],
  ])('works %s', (_, layout, content, changes) => {
    folder.now.write('texts', content);
    folder.now.write('held', content);
    const { train, test: held, inputShape, classes } = read({ layout, ...changes });
    expect(inputShape).toEqual([6]);
    expect([...train.inputs]).toEqual(expected);
    expect([...train.labels]).toEqual([1, 0]);
    expect([...held.inputs]).toEqual(expected);
    expect(classes).toBe(2);
  });

  test('reads lines as texts of one class', () => {
    folder.now.write('texts', 'good\n\nnot bad');
    folder.now.write('held', 'the\n');
    const { train, classes } = read({ layout: 'lines', label_offset: 4 });
    expect([...train.inputs]).toEqual(expected);
    expect([...train.labels]).toEqual([4, 4]);
    expect(classes).toBe(5);
  });

  test('takes quotes in tab-separated texts as letters, and other line breaks as spaces', () => {
    folder.now.write('texts', '"good\t1\nnot\u0085\u2028bad "\t0\n');
    folder.now.write('held', 'bad\t1\n');
    expect([...read().train.inputs]).toEqual([
      ...[2, 1, word('good'), 3, 0, 0],
      // U+0085 is dropped as a control character, U+2028 parts words.
      ...[2, word('not'), word('bad'), 1, 3, 0],
    ]);
  });

  test('numbers labels that are words, in sorted order', () => {
    folder.now.write('texts', 'good\tpositive\nbad\tnegative\nnot good\tnegative\n');
    folder.now.write('held', 'bad\tpositive\n');
    const { train, test: held } = read();
    expect([...train.labels]).toEqual([1, 0, 0]);
    expect([...held.labels]).toEqual([1]);
  });

  test('splits one file by the seed', () => {
    folder.now.write(
      'texts',
      Array.from({ length: 8 }, (_, i) => `${'a '.repeat(i % 4)}\t${i % 4}`).join('\n'),
    );
    const split = (seed: number) =>
      readData('set', single, { seed, resolvePath: folder.now.resolve });
    const { train, test: held } = split(1);
    expect([train.count, held.count]).toEqual([6, 2]);
    train.labels.forEach((label, i) => {
      const words = train.inputs.subarray(i * 6, (i + 1) * 6).filter((id) => id === word('a'));
      expect(words.length).toBe(label);
    });
    expect(split(1)).toEqual(split(1));
  });

  test('counts the texts that are cut, of both files', () => {
    folder.now.write('texts', 'a b c d e\t0\nthe movie was very, very good\t1\na b c d\t0\n');
    folder.now.write('held', 'a b c d e i\t1\n');
    const { train, warnings } = read();
    expect([...train.inputs].slice(0, 6)).toEqual([2, ...['a', 'b', 'c', 'd'].map(word), 3]);
    expect(warnings).toEqual([
      {
        code: 'fip/text-cut',
        message:
          '3 of 4 texts of `set` have more than 6 tokens and are cut there; the longest has 9. Raise `max_length` to read them whole.',
        pointer: '/data/set/max_length',
      },
    ]);
    expect(read({ max_length: 9 }).warnings).toEqual([]);
  });
});

const reviews = join(process.env['FIP_TEST_DATA'] ?? '', 'text/uci-sentiment');
const there = process.env['FIP_TEST_DATA'] !== undefined && existsSync(reviews);

describe.skipIf(!there || withoutMinilm)('the UCI sentiment sentences', () => {
  test.each(['amazon_cells', 'imdb', 'yelp'])('%s, with the tokenizer of MiniLM', async (name) => {
    const spec = { ...single, file: `${name}_labelled.txt`, max_length: 128 };
    const resolvePath = (path: string) =>
      join(path === textData.tokenizer ? minilmFolder : reviews, path);
    const {
      train,
      test: held,
      classes,
      warnings,
    } = readData('set', spec, { seed: 1, resolvePath });
    expect([train.count, held.count, classes, warnings]).toEqual([750, 250, 2, []]);
    expect([...train.labels, ...held.labels].filter((label) => label === 1)).toHaveLength(500);
    for (let i = 0; i < train.inputs.length; i += 128) expect(train.inputs[i]).toBe(101);
    expect(await inspectData(spec, resolvePath)).toEqual([]);
  });
});
