/** What is wrong with texts, while the user types and when a run reads them. */
import { beforeEach, describe, expect, test } from 'vitest';
import { dataFacts, inspectData } from '../../../server/src/engine/data/inspect/inspect-data';
import { readData } from '../../../server/src/engine/data/read-data';
import type { TextData } from '../../../server/src/spec/experiment';
import fixture from '../../fixtures/parity/tokens.json' with { type: 'json' };
import { folderWithTokenizer, single, textData } from './text-kit';

const folder = folderWithTokenizer();

interface Trouble {
  title: string;
  texts?: string | Uint8Array;
  tokenizer?: string;
  changes?: Partial<TextData>;
  pointer?: string;
  code: string;
  message: string;
}

const troubles: Trouble[] = [
  {
    title: 'a missing file',
    changes: { file: 'text' },
    code: 'fip/file-missing',
    message: 'Did you mean `texts`?',
  },
  {
    title: 'a missing tokenizer',
    changes: { tokenizer: 'tokeniser.json' },
    pointer: '/tokenizer',
    code: 'fip/file-missing',
    message: 'Did you mean `tokenizer.json`?',
  },
  {
    title: 'a broken tokenizer',
    tokenizer: '{"version": "1.0", ',
    pointer: '/tokenizer',
    code: 'fip/tokenizer',
    message: '`tokenizer.json` is no tokenizer: it is not a JSON object.',
  },
  { title: 'an empty file', texts: '', code: 'fip/data-empty', message: '`texts` is empty' },
  { title: 'blank lines', texts: '\n \n', code: 'fip/data-empty', message: 'has no texts' },
  {
    title: 'names alone',
    texts: 'text\tlabel\n',
    changes: { header: true },
    code: 'fip/data-empty',
    message: 'has no texts',
  },
  {
    title: 'bytes that are no text',
    texts: Buffer.from([0x67, 0xff, 0x09, 0x31]),
    code: 'fip/data-malformed',
    message: '`texts` is not text in UTF-8',
  },
  {
    title: 'commas where tabs are expected',
    texts: 'good,1\n',
    code: 'fip/data-malformed',
    message: 'has only one column in line 1, read as tsv. Is it `layout: csv`?',
  },
  {
    title: 'tabs where commas are expected',
    texts: 'good\t1\n',
    changes: { layout: 'csv' },
    code: 'fip/data-malformed',
    message: 'Is it `layout: tsv`?',
  },
  {
    title: 'objects where a table is expected',
    texts: '{"text": "good"}\n',
    code: 'fip/data-malformed',
    message: 'Is it `layout: jsonl`?',
  },
  {
    title: 'texts without labels',
    texts: 'good\nbad\n',
    code: 'fip/data-malformed',
    message: 'for texts without labels write `layout: lines`',
  },
  {
    title: 'a comma too many',
    texts: 'good,1\nnot good, not bad,0\n',
    changes: { layout: 'csv' },
    code: 'fip/data-malformed',
    message:
      'Line 2 of `texts` has 3 cells, but the first row has 2. Put texts that hold commas in',
  },
  {
    title: 'a quote that stays open',
    texts: 'good,1\n"bad,0\n',
    changes: { layout: 'csv' },
    code: 'fip/data-malformed',
    message: 'the quote that opens in line 2 is never closed',
  },
  {
    title: 'an empty label',
    texts: 'good\t1\nbad\t \n',
    code: 'fip/data-cell',
    message: 'Line 2 of `texts`: column 1 is empty, but a label is needed',
  },
  {
    title: 'a label that is no class',
    texts: 'good\t1\nbad\t-1\n',
    code: 'fip/data-cell',
    message: 'Line 2 of `texts`: the label is `-1`',
  },
  {
    title: 'a text column that is not there',
    changes: { text: 2 },
    pointer: '/text',
    code: 'fip/data-column',
    message: 'there is no column 2',
  },
  {
    title: 'a name without names',
    changes: { text: 'sentence' },
    pointer: '/text',
    code: 'fip/data-column',
    message: 'The text column is named `sentence`, but no row of `texts` holds names',
  },
  {
    title: 'a misspelt name',
    texts: 'sentence\tlabel\ngood\t1\n',
    changes: { header: true, text: 'sentense' },
    pointer: '/text',
    code: 'fip/data-column',
    message: 'Did you mean `sentence`?',
  },
  {
    title: 'one column for both',
    changes: { label: 'first' },
    pointer: '/label',
    code: 'fip/data-column',
    message: 'Text and label are both column 0',
  },
  {
    title: 'a line that is no JSON',
    texts: '{"text": "good", "label": 1}\n{"text": "bad"\n',
    changes: { layout: 'jsonl' },
    code: 'fip/data-malformed',
    message: 'Line 2 of `texts` is not a JSON object',
  },
  {
    title: 'a list among objects',
    texts: '{"text": "good", "label": 1}\n["bad", 0]\n',
    changes: { layout: 'jsonl' },
    code: 'fip/data-malformed',
    message: 'Line 2 of `texts` is not a JSON object',
  },
  {
    title: 'a key that is not there',
    texts: '{"text": "good", "label": 1}\n',
    changes: { layout: 'jsonl', text: 'sentence' },
    pointer: '/text',
    code: 'fip/data-column',
    message: 'has no key `sentence`. Its keys are `text`, `label`.',
  },
  {
    title: 'a number for a key',
    texts: '{"text": "good", "label": 1}\n',
    changes: { layout: 'jsonl', label: 1 },
    pointer: '/label',
    code: 'fip/data-column',
    message: 'Keys have no numbers',
  },
  {
    title: 'a number for a text',
    texts: '{"text": 7, "label": 1}\n',
    changes: { layout: 'jsonl' },
    code: 'fip/data-cell',
    message: 'Line 1 of `texts`: `text` is `7`, but a text is needed',
  },
  {
    title: 'a key that reaches into a prototype',
    texts: '{"text": "good", "label": 1}\n{"__proto__": {"text": "bad", "label": 1}}\n',
    changes: { layout: 'jsonl' },
    code: 'fip/data-cell',
    message: 'Line 2 of `texts`: `label` is missing, but a label is needed',
  },
];

describe.each(troubles)(
  '$title',
  ({ texts, tokenizer, changes, pointer = '/file', code, message }) => {
    beforeEach(() => {
      folder.now.write('texts', texts ?? 'good\t1\nbad\t0\n');
      if (tokenizer !== undefined) folder.now.write('tokenizer.json', tokenizer);
    });
    const spec = { ...single, ...changes };

    test('ends the reading with a sentence', () => {
      const run = () => readData('set', spec, { seed: 1, resolvePath: folder.now.resolve });
      expect(run).toThrow(
        expect.objectContaining({ code, pointer: `/data/set${pointer}` }) as Error,
      );
      expect(run).toThrow(message);
    });

    test('is found while the user types', async () => {
      const findings = await inspectData(spec, folder.now.resolve);
      expect(findings).toHaveLength(1);
      expect(findings[0]).toMatchObject({ code, pointer, severity: 'error' });
      expect(findings[0]!.message).toContain(message);
      expect(await dataFacts(spec, folder.now.resolve)).toBeUndefined();
    });
  },
);

describe('while the user types', () => {
  test('sizes, classes, the vocabulary and the lengths of texts are known', async () => {
    folder.now.write('texts', 'good\t1\na b c\t0\nbad\t2\nthe\t0\n');
    const lengths = {
      counted: 4,
      median: 3,
      longest: 5,
      cut: 0,
      padding: expect.closeTo(10 / 24) as number,
    };
    const facts = { inputShape: [6], largestLabel: 2, vocabulary: 60, lengths };
    expect(await inspectData({ ...textData, test: 'texts' }, folder.now.resolve)).toEqual([]);
    expect(await dataFacts({ ...textData, test: 'texts', limit: 2 }, folder.now.resolve)).toEqual({
      ...facts,
      trainCount: 2,
      testCount: 4,
    });
    expect(await dataFacts(single, folder.now.resolve)).toEqual({
      ...facts,
      trainCount: 3,
      testCount: 1,
    });
    const short = await dataFacts({ ...single, max_length: 4 }, folder.now.resolve);
    expect(short?.lengths).toEqual({ ...lengths, cut: 1, padding: 3 / 16 });
  });

  test('of a long file only the first rows are read, and a row that is cut there does no harm', async () => {
    const rows = Array.from(
      { length: 9000 },
      (_, i) => `"good, ${'é'.repeat(i % 7)}\nbad",${i % 3}`,
    );
    folder.now.write('texts', rows.join('\n'));
    const spec = { ...single, layout: 'csv' as const, max_length: 16 };
    expect(await inspectData(spec, folder.now.resolve)).toEqual([]);
    expect(await dataFacts(spec, folder.now.resolve)).toEqual(
      expect.objectContaining({ inputShape: [16], largestLabel: 2 }),
    );
    expect(await dataFacts(spec, folder.now.resolve)).not.toHaveProperty('trainCount');
  });

  test('it is a warning where more than a tenth of the texts is cut, and none where it is less', async () => {
    const texts = (cut: number) =>
      Array.from({ length: 10 }, (_, i) => `${'a '.repeat(i < cut ? 5 : 4)}\t0`).join('\n');
    folder.now.write('texts', texts(1));
    expect(await inspectData(single, folder.now.resolve)).toEqual([]);
    folder.now.write('texts', `${texts(2)}\n`);
    expect(await inspectData(single, folder.now.resolve)).toEqual([
      {
        code: 'fip/text-cut',
        pointer: '/max_length',
        severity: 'warning',
        message:
          '2 of the first 10 texts have more than 6 tokens and are cut there; the longest has 7. Raise `max_length` to read them whole.',
      },
    ]);
  });

  test('a tokenizer with patterns of its own is not tried', async () => {
    const pattern = {
      type: 'Split',
      pattern: { Regex: '(a+)+$' },
      behavior: 'Isolated',
      invert: false,
    };
    folder.now.write(
      'tokenizer.json',
      JSON.stringify({ ...fixture.tiny.uncased, pre_tokenizer: pattern }),
    );
    folder.now.write('texts', `${'a'.repeat(60)}b\t0\ngood\t1\n`);
    expect(await inspectData(single, folder.now.resolve)).toEqual([]);
    expect(await dataFacts(single, folder.now.resolve)).not.toHaveProperty('lengths');
  });

  test('a tokenizer that was mended is read anew', async () => {
    folder.now.write('texts', 'good\t1\nbad\t0\n');
    folder.now.write('tokenizer.json', '{');
    expect(await inspectData(single, folder.now.resolve)).toHaveLength(1);
    folder.now.write('tokenizer.json', JSON.stringify(fixture.tiny.uncased));
    expect(await inspectData(single, folder.now.resolve)).toEqual([]);
  });
});
