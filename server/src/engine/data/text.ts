import type { TextData } from '../../spec/experiment';
import type { LabelCell, LabelReader } from './inspect/csv-labels';
import { labelReader } from './inspect/csv-labels';
import { UnclosedQuote } from './inspect/csv-rows';
import { unclosedQuote } from './inspect/csv-text';
import type { DataFile } from './inspect/data-file';
import { DataProblem } from './inspect/data-problem';
import { splitCounts } from './inspect/split-counts';
import { cutTexts, type TextLengths } from './inspect/text/cut-texts';
import { textRows } from './inspect/text/text-rows';
import { LONGEST_TOKENIZER, TextTokenizer } from './inspect/text/tokenizer';
import { tokenizerPlace } from './inspect/text/tokenizer-place';
import { PackedFile } from './packed-file';
import type { DataReader, RawSamples } from './raw-data';
import { wholeText } from './whole-text';

interface Texts {
  file: DataFile;
  /** Token numbers, `max_length` a text. */
  values: Float32Array;
  labels: LabelCell[];
  /** Tokens of each text before it was cut. */
  lengths: number[];
}

/** Reads labelled texts as rows of token numbers, padded with 0. */
export const readText: DataReader<TextData> = (data, { name, resolvePath }) => {
  const file = (path: string, pointer: string) => ({ path, pointer, location: resolvePath(path) });
  const tokenizer = readTokenizer(file(data.tokenizer, '/tokenizer'));
  const train = readTexts(data, tokenizer, file(data.file, '/file'));
  const test =
    data.test === undefined ? undefined : readTexts(data, tokenizer, file(data.test, '/test'));
  const read = labelReader(train.labels);
  const lengths: TextLengths = [...train.lengths, ...(test?.lengths ?? [])];
  return {
    inputShape: [data.max_length],
    train: toSamples(train, read),
    test: test
      ? toSamples(test, read)
      : splitCounts(train.labels.length, data.test_fraction, train.file).test,
    scale: 1,
    special: tokenizer.special,
    warnings: cutTexts(name, lengths, data.max_length),
  };
};

function readTokenizer(named: DataFile): TextTokenizer {
  const file = tokenizerPlace(named);
  const bytes = PackedFile.open(file).unpack(LONGEST_TOKENIZER);
  if (bytes) return TextTokenizer.parse(bytes, file);
  const message = `\`${file.path}\` is larger than 128 MB, far more than any tokenizer.`;
  throw new DataProblem('fip/tokenizer', message, file.pointer);
}

function readTexts(data: TextData, tokenizer: TextTokenizer, file: DataFile): Texts {
  try {
    return tokenize(data, tokenizer, file, wholeText(file, 'Cut it.'));
  } catch (error) {
    throw error instanceof UnclosedQuote ? unclosedQuote(error.line, file) : error;
  }
}

function tokenize(
  data: TextData,
  tokenizer: TextTokenizer,
  file: DataFile,
  content: string,
): Texts {
  const rows = [...textRows(data, content, file)];
  if (rows.length === 0) {
    const message = `\`${file.path}\` has no texts.`;
    throw new DataProblem('fip/data-empty', message, file.pointer);
  }
  const values = new Float32Array(rows.length * data.max_length);
  const lengths = rows.map(({ text }, row) => {
    const { ids, length } = tokenizer.encode(text, data.max_length);
    values.set(ids, row * data.max_length);
    return length;
  });
  return { file, values, lengths, labels: rows.map(({ label }) => label) };
}

function toSamples({ file, values, labels }: Texts, read: LabelReader): RawSamples {
  const numbers = Int32Array.from(labels, (cell) => read(cell, file));
  return { count: labels.length, values, labels: numbers };
}
