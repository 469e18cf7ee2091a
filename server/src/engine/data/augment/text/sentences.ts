import type { Random } from '../../../random';

/** How many special tokens stand around the words of each text, such as BERT's [CLS] and [SEP]. */
export interface SpecialTokens {
  before: number;
  after: number;
}

/** A text in its parts, without padding. */
export interface Sentence {
  before: Float32Array;
  words: Float32Array;
  after: Float32Array;
}

/** Changes the words of texts in a way that leaves them texts; returns the new words of each, no more than the longest had. */
export type TextAugmentation = (sentences: readonly Sentence[], random: Random) => Float32Array[];

/** An augmentation that changes each text alone. */
export function sentenceBySentence(
  change: (words: Float32Array, random: Random) => Float32Array,
): TextAugmentation {
  return (sentences, random) => sentences.map(({ words }) => change(words, random));
}

/** The parts of a row of token numbers. Padding, the number 0, stands at its end. */
export function sentenceOf(row: Float32Array, { before, after }: SpecialTokens): Sentence {
  const length = textLength(row);
  const begin = Math.min(before, length);
  const end = Math.max(begin, length - after);
  return {
    before: row.subarray(0, begin),
    words: row.subarray(begin, end),
    after: row.subarray(end, length),
  };
}

/** Tokens of a row before its padding. */
function textLength(row: Float32Array): number {
  return row.findLastIndex((token) => token !== 0) + 1;
}

/**
 * The special tokens of rows that do not tell: the tokens that all begin with, and all end with.
 * @param tokens rows of `length` token numbers
 */
export function commonTokens(tokens: Float32Array, length: number): SpecialTokens {
  const first = tokens.subarray(0, textLength(tokens.subarray(0, length)));
  let [before, after] = [first.length, first.length];
  for (let from = 0; from < tokens.length; from += length) {
    const row = tokens.subarray(from, from + textLength(tokens.subarray(from, from + length)));
    const shared = (at: (i: number) => boolean, most: number) => {
      let count = 0;
      while (count < most && count < row.length && at(count)) count++;
      return count;
    };
    before = shared((i) => row[i] === first[i], before);
    after = shared((i) => row.at(-1 - i) === first.at(-1 - i), after);
  }
  return { before, after };
}
