import type { TextData } from '../../../../spec/experiment';
import type { DataFile } from '../data-file';
import { DataProblem } from '../data-problem';
import { FileCache } from '../file-cache';
import { labelReader } from '../csv-labels';
import { UnclosedQuote } from '../csv-rows';
import { csvText, unclosedQuote } from '../csv-text';
import { readStart } from '../read-start';
import type { TextRow } from './text-row';
import { textRows } from './text-rows';

/** What the start of a file of texts tells. */
export interface TextFacts {
  /** The first texts. */
  texts: string[];
  /** Number of all texts; nothing where the file is longer than what was read. */
  count: number | undefined;
  /** The largest label among the rows that were read. */
  largestLabel: number;
}

/** Bytes of a file that are looked at while the user types. */
const START = 64 * 1024;

const inspected = new FileCache();

/**
 * Looks at the first 64 KB of a file of texts.
 * @throws DataProblem where they are not sound; errors of the file system as they come
 */
export function textFacts(data: TextData, file: DataFile): Promise<TextFacts> {
  const { layout, header, text, label } = data;
  const topic = JSON.stringify([layout, header, text, label, file.path, file.pointer]);
  return inspected.get(topic, file.location, async () => {
    const { rows, complete } = await startOf(data, file);
    return describe(rows, complete, file);
  });
}

/**
 * The rows among the first 64 KB of a file of texts.
 * @throws as `textFacts`
 */
export async function firstTexts(data: TextData, file: DataFile): Promise<TextRow[]> {
  return (await startOf(data, file)).rows;
}

async function startOf(data: TextData, file: DataFile) {
  const { bytes, complete } = await readStart(file, START);
  const content = csvText(bytes, complete, file);
  return { rows: wholeRows(data, content, complete, file), complete };
}

function describe(rows: readonly TextRow[], complete: boolean, file: DataFile): TextFacts {
  if (rows.length === 0 && complete)
    throw new DataProblem('fip/data-empty', `\`${file.path}\` has no texts.`, file.pointer);
  const read = labelReader(rows.map(({ label }) => label));
  return {
    texts: rows.map(({ text }) => text),
    count: complete ? rows.length : undefined,
    largestLabel: rows.reduce((most, { label }) => Math.max(most, read(label, file)), 0),
  };
}

/** All rows; of an incomplete text the last line may be cut and is left out. */
function wholeRows(data: TextData, content: string, complete: boolean, file: DataFile): TextRow[] {
  const sound = complete ? content : content.slice(0, content.lastIndexOf('\n') + 1);
  const rows: TextRow[] = [];
  try {
    for (const row of textRows(data, sound, file)) rows.push(row);
  } catch (error) {
    if (!(error instanceof UnclosedQuote)) throw error;
    if (complete) throw unclosedQuote(error.line, file);
  }
  return rows;
}
