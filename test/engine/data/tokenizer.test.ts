/** Texts become the numbers that Hugging Face's tokenizers give them, from the committed fixture (see test/parity). */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DataProblem } from '../../../server/src/engine/data/inspect/data-problem';
import { TextTokenizer } from '../../../server/src/engine/data/inspect/text/tokenizer';
import { readMinilm, withoutMinilm } from '../../minilm';
import fixture from '../../fixtures/parity/tokens.json' with { type: 'json' };

const file = { path: 'tokenizer.json', location: '/nowhere/tokenizer.json', pointer: '/tokenizer' };
const parse = (json: unknown) =>
  TextTokenizer.parse(Buffer.from(typeof json === 'string' ? json : JSON.stringify(json)), file);

/** Texts whose numbers differ, with both: an empty list where all is well. */
function differences(tokenizer: TextTokenizer, expected: number[][], most = Infinity) {
  return fixture.texts.flatMap((text, i) => {
    const { ids } = tokenizer.encode(text, most);
    return ids.join() === expected[i]!.join() ? [] : [{ text, ids, expected: expected[i] }];
  });
}

describe('a tiny tokenizer', () => {
  test.each(['uncased', 'cased'] as const)('reads all texts, %s', (kind) => {
    expect(fixture.texts.length).toBeGreaterThan(100);
    expect(differences(parse(fixture.tiny[kind]), fixture[kind])).toEqual([]);
  });

  test('knows its vocabulary', () => {
    const { vocab } = fixture.tiny.cased.model;
    expect(parse(fixture.tiny.cased).vocabulary).toBe(Object.keys(vocab).length);
  });

  test('cuts words, never what it puts around them, and tells how long a text was', () => {
    const tokenizer = parse(fixture.tiny.uncased);
    const { ids } = tokenizer.encode('not good, not bad', 99);
    expect(ids).toHaveLength(7);
    expect(tokenizer.encode('not good, not bad', 7)).toEqual({ ids, length: 7 });
    expect(tokenizer.encode('not good, not bad', 4)).toEqual({
      ids: [ids[0], ids[1], ids[2], ids[6]],
      length: 7,
    });
    expect(tokenizer.encode('', 2)).toEqual({ ids: [ids[0], ids[6]], length: 2 });
  });

  test('puts nothing around texts where the file says nothing of it', () => {
    const bare = parse({ ...fixture.tiny.uncased, post_processor: null });
    const { ids } = parse(fixture.tiny.uncased).encode('a good plot', 99);
    expect(bare.encode('a good plot', 99).ids).toEqual(ids.slice(1, -1));
    expect(bare.encode('a good plot', 2)).toEqual({ ids: ids.slice(1, 3), length: 3 });
  });

  test('reads a text of a million words', () => {
    expect(parse(fixture.tiny.uncased).encode('a good plot '.repeat(400_000), 8).length).toBe(
      1_200_002,
    );
  });
});

describe.skipIf(withoutMinilm)(
  `the tokenizer of MiniLM${withoutMinilm ? ` (${withoutMinilm})` : ''}`,
  () => {
    const tokenizer = () => TextTokenizer.parse(readMinilm('tokenizer.json'), file);

    test('reads all texts', () => {
      expect(differences(tokenizer(), fixture.minilm)).toEqual([]);
    });

    test('cuts them alike', () => {
      expect(differences(tokenizer(), fixture.cutTo16, 16)).toEqual([]);
    });

    const data = process.env['FIP_TEST_DATA'] ?? '';
    const folder = join(data, 'text/uci-sentiment');
    test.skipIf(!data || !existsSync(folder))('reads 3,000 sentences of reviews alike', () => {
      const minilm = tokenizer();
      for (const [name, { texts, sha256 }] of Object.entries(fixture.sentiment)) {
        const rows = readFileSync(join(folder, name), 'utf8').split('\n').filter(Boolean);
        const ids = rows.map(
          (row) => minilm.encode(row.slice(0, row.lastIndexOf('\t')), Infinity).ids,
        );
        expect(rows).toHaveLength(texts);
        expect(createHash('sha256').update(ids.join('\n')).digest('hex'), name).toBe(sha256);
      }
    });
  },
);

describe('a file that is no tokenizer here is refused', () => {
  const { uncased } = fixture.tiny;
  const { model } = uncased;
  test.each<[string, unknown, string]>([
    ['no JSON', '{"model": ', 'is no tokenizer: it is not a JSON object'],
    ['a list', '[]', 'is no tokenizer: it is not a JSON object'],
    ['bytes of another kind', '\u0000\u0001safetensors', 'it is not a JSON object'],
    ['the settings beside it', { do_lower_case: true }, 'has no `model` with a `vocab`'],
    ['another kind', { ...uncased, model: { ...model, type: 'BPE' } }, 'is a BPE tokenizer'],
    [
      'a number that is none',
      { ...uncased, model: { ...model, vocab: { ...model.vocab, odd: 1.5 } } },
      'gives the token `odd` the number 1.5',
    ],
    [
      'a number too large to be exact',
      { ...uncased, added_tokens: [{ content: 'far', id: 2 ** 24 }] },
      'gives the token `far` the number 16777216',
    ],
    [
      'a word in the place of padding',
      { ...uncased, added_tokens: [], model: { ...model, vocab: { '<s>': 0 } } },
      'gives the number 0, which is padding here, to the token `<s>`',
    ],
    [
      'an unknown part',
      { ...uncased, pre_tokenizer: { type: 'Clairvoyant' } },
      'cannot be built: Unknown PreTokenizer type: Clairvoyant',
    ],
    ['a lacking part', { model: uncased.model }, 'cannot be built'],
  ])('%s', (_, json, message) => {
    const thrown = (() => {
      try {
        return parse(json);
      } catch (error) {
        return error;
      }
    })();
    expect(thrown).toBeInstanceOf(DataProblem);
    expect(thrown).toMatchObject({ code: 'fip/tokenizer', pointer: '/tokenizer' });
    expect((thrown as DataProblem).message).toContain(message);
  });
});

describe('the vocab.txt of an older network', () => {
  const { vocab } = fixture.tiny.uncased.model;
  const lines = Object.entries(vocab)
    .sort(([, a], [, b]) => a - b)
    .map(([piece]) => piece);
  const file = { path: 'vocab.txt', location: '/nowhere/vocab.txt', pointer: '/tokenizer' };
  const parse = (text: string) => TextTokenizer.parse(new TextEncoder().encode(text), file);

  test.each(['\n', '\r\n'])(
    'reads as the tokenizer.json that was made of it, lines ending %j',
    (end) => {
      const json = new TextEncoder().encode(JSON.stringify(fixture.tiny.uncased));
      const newer = TextTokenizer.parse(json, { ...file, location: '/nowhere/tokenizer.json' });
      const older = parse(lines.join(end) + end);
      expect(older.vocabulary).toBe(newer.vocabulary);
      expect(older.special).toEqual(newer.special);
      const texts = [...lines, lines.join(' '), 'Unheard, of!', 'ÉTÉ'];
      for (const text of texts) expect(older.encode(text, 99)).toEqual(newer.encode(text, 99));
    },
  );

  test('is refused without the pieces that no text can do without', () => {
    expect(() => parse('[PAD]\n[UNK]\na\n')).toThrow('it has no line `[CLS]`, `[SEP]`');
  });
});
