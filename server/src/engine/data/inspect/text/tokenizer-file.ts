import type { DataFile } from '../data-file';
import { DataProblem } from '../data-problem';
import type { BertReading } from './bert-text';
import { tokenizerOfVocabulary } from './vocabulary-file';

/** What a tokenizer.json says. */
export interface TokenizerFile {
  /** All of it. */
  json: object;
  /** One more than the largest number of a token. */
  vocabulary: number;
  /** Whether it brings regular expressions of its own. */
  hasPatterns: boolean;
  reading: BertReading;
}

/** Whole numbers up to here are exact in 32-bit floats. */
const MOST_TOKENS = 2 ** 24;

/**
 * Reads a tokenizer.json, or the vocab.txt that came before it, as far as the engine has to understand it.
 * @throws DataProblem where it is none, is not of BERT's kind, or has a word for the number 0, which is padding
 */
export function readTokenizerFile(bytes: Uint8Array, file: DataFile): TokenizerFile {
  const text = new TextDecoder().decode(bytes);
  const isVocabulary = file.location.endsWith('.txt');
  const json = isVocabulary ? tokenizerOfVocabulary(text, file.location) : parse(text, file);
  if (isVocabulary) checkSpecial(json, file);
  const model = record(json['model']);
  if (typeof model['type'] !== 'string' || !isRecord(model['vocab']))
    throw wrong(file, 'is no tokenizer: it has no `model` with a `vocab`');
  if (model['type'] !== 'WordPiece')
    throw wrong(file, `is a ${model['type']} tokenizer, but networks here read WordPiece, as BERT`);
  const tokens = [...Object.entries(model['vocab']), ...addedTokens(json)];
  checkNumbers(tokens, file);
  return {
    json,
    vocabulary: tokens.reduce((most, [, id]) => Math.max(most, id), 0) + 1,
    hasPatterns: !isVocabulary && text.includes('"Regex"'),
    reading: readingOf(json['normalizer']),
  };
}

function parse(text: string, file: DataFile): Record<string, unknown> {
  try {
    const json: unknown = JSON.parse(text);
    if (isRecord(json)) return json;
  } catch {
    // Told below.
  }
  throw wrong(file, 'is no tokenizer: it is not a JSON object');
}

/** Without these pieces no text can be read. */
function checkSpecial(json: Record<string, unknown>, file: DataFile): void {
  const known = addedTokens(json).map(([word]) => word);
  const missing = ['[PAD]', '[UNK]', '[CLS]', '[SEP]'].filter((word) => !known.includes(word));
  if (missing.length > 0)
    throw wrong(file, `is no vocabulary of BERT: it has no line \`${missing.join('`, `')}\``);
}

function wrong({ path, pointer }: DataFile, why: string): DataProblem {
  const message = `\`${path}\` ${why}. Name the \`tokenizer.json\` that was published with the network.`;
  return new DataProblem('fip/tokenizer', message, pointer);
}

function addedTokens(json: Record<string, unknown>): [word: string, id: unknown][] {
  return list(json['added_tokens']).map((token) => {
    const { content, id } = record(token);
    return [String(content), id];
  });
}

function checkNumbers(
  tokens: readonly [word: string, id: unknown][],
  file: DataFile,
): asserts tokens is [word: string, id: number][] {
  for (const [word, id] of tokens) {
    const isNumber = Number.isInteger(id) && (id as number) >= 0 && (id as number) < MOST_TOKENS;
    if (!isNumber)
      throw wrong(file, `gives the token \`${word}\` the number ${JSON.stringify(id)}`);
    if (id === 0 && !/pad/i.test(word))
      throw wrong(file, `gives the number 0, which is padding here, to the token \`${word}\``);
  }
}

/** What the normalisers do, those in a row included. */
function readingOf(normalizer: unknown): BertReading {
  const { type, normalizers, ...options } = record(normalizer);
  const parts = list(normalizers).map(readingOf);
  const isBert = type === 'BertNormalizer';
  return {
    lowercase:
      type === 'Lowercase' ||
      (isBert && options['lowercase'] !== false) ||
      parts.some(({ lowercase }) => lowercase),
    ideographs:
      (isBert && options['handle_chinese_chars'] !== false) ||
      parts.some(({ ideographs }) => ideographs),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const record = (value: unknown): Record<string, unknown> => (isRecord(value) ? value : {});
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
