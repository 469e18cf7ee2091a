import type { TextData } from '../../../spec/experiment';
import type { DataFile } from './data-file';
import type { DataFacts, DataFinding, Inspector, LengthFacts } from './data-finding';
import { gather, lookAt } from './gather-findings';
import { limitFinding } from './limit-finding';
import { splitCounts } from './split-counts';
import { textFacts, type TextFacts } from './text/text-facts';
import type { TextTokenizer } from './text/tokenizer';
import { tokenizerFacts } from './text/tokenizer-facts';

/** Texts whose tokens are counted while the user types: hundredths of a second. */
const COUNTED = 200;

/** Looks at the first rows, and at how many tokens they have. */
export const inspectText: Inspector<TextData> = async (data, resolve) => {
  const findings: DataFinding[] = [];
  const look = async (path: string | undefined, pointer: string) => {
    if (path === undefined) return undefined;
    const file = { path, pointer, location: resolve(path) };
    return lookAt(file, findings, () => textFacts(data, file));
  };
  const file = { path: data.tokenizer, pointer: '/tokenizer', location: resolve(data.tokenizer) };
  const tokenizer = await lookAt(file, findings, () => tokenizerFacts(file));
  const train = await look(data.file, '/file');
  const test = await look(data.test, '/test');
  if (!tokenizer || !train || (data.test !== undefined && !test)) return { findings, facts: {} };
  const lengths = countTokens(train, tokenizer);
  findings.push(...cutFinding(lengths, data));
  const trainFile = { path: data.file, pointer: '/file', location: resolve(data.file) };
  const counts = gather(findings, () => countTexts(data, train, test, trainFile)) ?? {};
  findings.push(...limitFinding(data.limit, counts.trainCount ?? Infinity));
  return { findings, facts: describe(data, { train, test, tokenizer, lengths, counts }) };
};

/** Tokens of each of the first texts; of none where the tokenizer may take any time. */
function countTokens({ texts }: TextFacts, tokenizer: TextTokenizer): number[] {
  if (tokenizer.hasPatterns) return [];
  return texts.slice(0, COUNTED).map((text) => tokenizer.encode(text, 0).length);
}

/** @param lengths of one text or more */
function lengthFacts(lengths: readonly number[], most: number): LengthFacts {
  const sorted = [...lengths].sort((a, b) => a - b);
  const kept = lengths.reduce((sum, length) => sum + Math.min(length, most), 0);
  return {
    counted: lengths.length,
    median: sorted[Math.floor((lengths.length - 1) / 2)] ?? 0,
    longest: sorted.at(-1) ?? 0,
    cut: lengths.filter((length) => length > most).length,
    padding: 1 - kept / (most * lengths.length),
  };
}

/** A warning where more than a tenth of the first texts are cut: some always are. */
function cutFinding(lengths: readonly number[], { max_length: most }: TextData): DataFinding[] {
  const cut = lengths.filter((length) => length > most).length;
  if (cut * 10 <= lengths.length) return [];
  const message = `${cut} of the first ${lengths.length} texts have more than ${most} tokens and are cut there; the longest has ${Math.max(...lengths)}. Raise \`max_length\` to read them whole.`;
  return [{ pointer: '/max_length', code: 'fip/text-cut', message, severity: 'warning' }];
}

/** Numbers of texts in each split; nothing of a file that is too long to have been counted. */
function countTexts(
  { test_fraction: fraction }: TextData,
  train: TextFacts,
  test: TextFacts | undefined,
  file: DataFile,
): Pick<DataFacts, 'trainCount' | 'testCount'> {
  if (test) return known({ trainCount: train.count, testCount: test.count });
  if (train.count === undefined) return {};
  const counts = splitCounts(train.count, fraction, file);
  return { trainCount: counts.train, testCount: counts.test };
}

interface Looked {
  train: TextFacts;
  test: TextFacts | undefined;
  tokenizer: TextTokenizer;
  lengths: readonly number[];
  counts: Pick<DataFacts, 'trainCount' | 'testCount'>;
}

function describe(data: TextData, { train, test, tokenizer, lengths, counts }: Looked): DataFacts {
  const { trainCount, testCount } = counts;
  const { limit = Infinity } = data;
  const largest = Math.max(train.largestLabel, test?.largestLabel ?? 0);
  return {
    ...known({ testCount, trainCount: trainCount && Math.min(trainCount, limit) }),
    ...(lengths.length > 0 && { lengths: lengthFacts(lengths, data.max_length) }),
    inputShape: [data.max_length],
    largestLabel: largest + data.label_offset,
    vocabulary: tokenizer.vocabulary,
  };
}

/** Without what is undefined. */
function known({
  trainCount,
  testCount,
}: { [K in 'trainCount' | 'testCount']: number | undefined }) {
  return {
    ...(trainCount !== undefined && { trainCount }),
    ...(testCount !== undefined && { testCount }),
  };
}
