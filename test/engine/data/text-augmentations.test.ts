/** What augmentations of texts change and what they leave. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commonTokens } from '../../../server/src/engine/data/augment/text/sentences';
import { augmentedTexts, type TextWay } from '../../../server/src/engine/data/text-augmentations';
import { Random } from '../../../server/src/engine/random';

const [CLS, SEP] = [101, 102];
const LENGTH = 12;
const special = { before: 1, after: 1 };

/** Rows of token numbers from the words of each text. */
function rowsOf(texts: readonly (readonly number[])[]): Float32Array {
  const rows = new Float32Array(texts.length * LENGTH);
  texts.forEach((words, i) => rows.set([CLS, ...words, SEP], i * LENGTH));
  return rows;
}

function wordsIn(rows: Float32Array): number[][] {
  return Array.from({ length: rows.length / LENGTH }, (_, i) => {
    const row = [...rows.subarray(i * LENGTH, (i + 1) * LENGTH)];
    const end = row.indexOf(SEP);
    expect(row[0]).toBe(CLS);
    expect(end).toBeGreaterThan(0);
    // Nothing but padding behind the end, and none before it.
    expect(row.slice(end + 1).every((token) => token === 0)).toBe(true);
    expect(row.slice(0, end).includes(0)).toBe(false);
    return row.slice(1, end);
  });
}

const change = (ways: readonly TextWay[], texts: readonly (readonly number[])[], seed = 1) =>
  wordsIn(augmentedTexts(rowsOf(texts), LENGTH, special, ways, Random.of('texts', seed)));

const names = ['drop', 'rotate', 'splice'] as const;
const word = fc.integer({ min: 103, max: 999 });
const texts = fc.array(fc.array(word, { maxLength: LENGTH - 2 }), { minLength: 1, maxLength: 8 });
const seeds = fc.integer();

describe.each(names)('%s', (name) => {
  test('keeps special tokens at the ends and padding behind them', () => {
    fc.assert(fc.property(texts, seeds, (all, seed) => void change([name], all, seed)));
  });

  test('is seeded, changes something, and leaves its input alone', () => {
    const rows = rowsOf(
      Array.from({ length: 6 }, (_, i) => [1, 2, 3, 4, 5, 6].map((k) => 200 + 10 * i + k)),
    );
    const before = rows.slice();
    const run = (seed: number) =>
      augmentedTexts(rows, LENGTH, special, [name], Random.of('texts', seed));
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
    expect(run(1)).not.toEqual(rows);
    expect(rows).toEqual(before);
  });
});

test('drop leaves a sub-sequence, never nothing, and drops 15 % on average', () => {
  fc.assert(
    fc.property(texts, seeds, (all, seed) => {
      change(['drop'], all, seed).forEach((left, i) => {
        let at = 0;
        for (const token of all[i] ?? []) if (token === left[at]) at++;
        expect(at).toBe(left.length);
        expect(left.length > 0).toBe((all[i]?.length ?? 0) > 0);
      });
    }),
  );
  const many = Array.from({ length: 500 }, () => [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  const kept = change(['drop'], many).flat().length / 5000;
  expect(kept).toBeGreaterThan(0.82);
  expect(kept).toBeLessThan(0.88);
});

test('rotate goes round in the same order', () => {
  fc.assert(
    fc.property(texts, seeds, (all, seed) => {
      change(['rotate'], all, seed).forEach((turned, i) => {
        const words = all[i] ?? [];
        const turns = words.map((_, k) => [...words.slice(k), ...words.slice(0, k)].join());
        expect(words.length === 0 ? [''] : turns).toContain(turned.join());
      });
    }),
  );
  const firsts = new Set(
    Array.from({ length: 60 }, (_, seed) => change(['rotate'], [[1, 2, 3, 4]], seed)[0]?.[0]),
  );
  expect([...firsts].sort()).toEqual([1, 2, 3, 4]);
});

test('splice joins a beginning and an end, no longer than the longer of the two', () => {
  // The first digit tells the text, the second the place.
  const all = [
    [11, 12, 13, 14],
    [21, 22, 23, 24, 25, 26, 27, 28, 29],
    [31, 32],
  ];
  let mixed = 0;
  for (let seed = 0; seed < 100; seed++)
    change(['splice'], all, seed).forEach((words, i) => {
      const from = words.map((token) => Math.floor(token / 10) - 1);
      const other = from.find((text) => text !== i) ?? i;
      const head = words.filter((_, k) => from[k] === i && k < from.lastIndexOf(i) + 1);
      if (other !== i) {
        mixed++;
        const cut = from.indexOf(other);
        expect(words.slice(0, cut)).toEqual(all[i]?.slice(0, cut));
        expect(words.slice(cut)).toEqual(all[other]?.slice(-(words.length - cut)));
      } else expect(head).toEqual(words);
      const longest = Math.max(...all.map(({ length }) => length));
      expect(words.length).toBeLessThanOrEqual(longest);
      expect(words.length).toBeGreaterThan(0);
    });
  expect(mixed).toBeGreaterThan(60);
});

test('ways follow one another', () => {
  const all = [
    [1, 2, 3, 4, 5, 6, 7],
    [11, 12, 13, 14, 15],
  ];
  const random = Random.of('texts', 1);
  const once = augmentedTexts(rowsOf(all), LENGTH, special, ['rotate'], random);
  const twice = wordsIn(augmentedTexts(once, LENGTH, special, ['drop'], random));
  expect(change(['rotate', 'drop'], all)).toEqual(twice);
});

test('special tokens of rows that do not tell are those that all rows share', () => {
  expect(
    commonTokens(
      rowsOf([
        [1, 2, 3],
        [4, 5],
        [6, 7, 8, 9],
      ]),
      LENGTH,
    ),
  ).toEqual({ before: 1, after: 1 });
  expect(commonTokens(Float32Array.of(5, 6, 0, 7, 8, 9), 3)).toEqual({ before: 0, after: 0 });
  expect(commonTokens(Float32Array.of(5, 6, 7, 5, 6, 8), 3)).toEqual({ before: 2, after: 0 });
  expect(commonTokens(new Float32Array(6), 3)).toEqual({ before: 0, after: 0 });
});
