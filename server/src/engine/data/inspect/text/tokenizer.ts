import { Tokenizer } from '@huggingface/tokenizers';
import type { DataFile } from '../data-file';
import { DataProblem } from '../data-problem';
import { asBertReads, type BertReading } from './bert-text';
import { readTokenizerFile, type TokenizerFile } from './tokenizer-file';

/** The numbers of a text's tokens. */
export interface EncodedText {
  /** Special tokens included; as many as were asked for at most. */
  ids: number[];
  /** Number of tokens of the whole text, special ones included. */
  length: number;
}

/** Bytes of a tokenizer.json, at most. */
export const LONGEST_TOKENIZER = 2 ** 27;

/** Makes numbers of texts as the tokenizer of a pretrained network does; the number 0 is left to padding. */
export class TextTokenizer {
  /** One more than the largest number. */
  readonly vocabulary: number;
  /** Whether the file brings patterns of its own, which can take any time. */
  readonly hasPatterns: boolean;
  /** How many special tokens it puts around a text. */
  readonly special: { before: number; after: number };

  private constructor(
    private readonly tokenizer: Tokenizer,
    private readonly reading: BertReading,
    /** Special tokens before a text. */
    private readonly before: readonly number[],
    /** Special tokens behind a text. */
    private readonly after: readonly number[],
    { vocabulary, hasPatterns }: TokenizerFile,
  ) {
    this.vocabulary = vocabulary;
    this.hasPatterns = hasPatterns;
    this.special = { before: before.length, after: after.length };
  }

  /**
   * Reads a tokenizer.json. Its own settings of truncation and padding do not count.
   * @throws DataProblem where it is none, or one of a kind that the networks here do not use
   */
  static parse(bytes: Uint8Array, file: DataFile): TextTokenizer {
    const read = readTokenizerFile(bytes, file);
    try {
      const tokenizer = new Tokenizer(read.json, {});
      const { before, after } = specialTokens(tokenizer);
      return new TextTokenizer(tokenizer, read.reading, before, after, read);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const message = `\`${file.path}\` describes a tokenizer that cannot be built: ${why}.`;
      throw new DataProblem('fip/tokenizer', message, file.pointer);
    }
  }

  /** The first `most` tokens of a text; where it has more, words are dropped at its end, never the special tokens. */
  encode(text: string, most: number): EncodedText {
    const { before, after } = this;
    const special = before.length + after.length;
    const options = { add_special_tokens: false };
    const words = this.tokenizer.encode(asBertReads(text, this.reading), options).ids;
    const ids = [...before, ...words.slice(0, Math.max(0, most - special)), ...after];
    return { ids: ids.slice(0, most), length: words.length + special };
  }
}

/** Finds out by a word what is put around texts. */
function specialTokens(tokenizer: Tokenizer): { before: number[]; after: number[] } {
  const bare = tokenizer.encode('a', { add_special_tokens: false }).ids;
  const whole = tokenizer.encode('a').ids;
  const start = whole.findIndex((_, i) => bare.every((id, j) => whole[i + j] === id));
  return { before: whole.slice(0, start), after: whole.slice(start + bare.length) };
}
