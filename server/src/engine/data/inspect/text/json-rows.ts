import type { TextData } from '../../../../spec/experiment';
import { namesToChoose } from '../csv-columns';
import type { DataFile } from '../data-file';
import { DataProblem } from '../data-problem';
import { linesOf, type Line } from './line-rows';
import type { TextRow } from './text-row';

/**
 * The rows of a file with a JSON object a line. `first` and `last` are the keys of its first object.
 * @throws DataProblem
 */
export function* jsonRows(data: TextData, content: string, file: DataFile): Generator<TextRow> {
  let keys: { text: string; label: string } | undefined;
  for (const line of linesOf(content)) {
    const row = parse(line, file);
    keys ??= { text: findKey('text', data, row, file), label: findKey('label', data, row, file) };
    const label = valueOf(row, keys.label, line, file);
    yield { text: textOf(row, keys.text, line, file), label: { line: line.number, text: label } };
  }
}

type Row = ReadonlyMap<string, unknown>;

function parse({ number, content }: Line, file: DataFile): Row {
  try {
    const value: unknown = JSON.parse(content);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return new Map(Object.entries(value));
  } catch {
    // Told below.
  }
  const message = `Line ${number} of \`${file.path}\` is not a JSON object. With \`layout: jsonl\` every line is one.`;
  throw new DataProblem('fip/data-malformed', message, file.pointer);
}

function findKey(key: 'text' | 'label', data: TextData, first: Row, file: DataFile): string {
  const names = [...first.keys()];
  const choice = data[key];
  const found =
    choice === 'first'
      ? names[0]
      : choice === 'last'
        ? names.at(-1)
        : names.find((n) => n === choice);
  if (found !== undefined) return found;
  const advice =
    typeof choice === 'number'
      ? 'Keys have no numbers: give the name of one.'
      : namesToChoose(choice, names, 'keys');
  const message = `The first object of \`${file.path}\` has no key \`${choice}\`. ${advice}`;
  throw new DataProblem('fip/data-column', message, `/${key}`);
}

function textOf(row: Row, key: string, line: Line, file: DataFile): string {
  const value = row.get(key);
  if (typeof value === 'string') return value;
  throw badValue(key, value, 'a text', line, file);
}

/** A label: a text, a number or a truth value. */
function valueOf(row: Row, key: string, line: Line, file: DataFile): string {
  const value = row.get(key);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw badValue(key, value, 'a label', line, file);
}

function badValue(
  key: string,
  value: unknown,
  needed: string,
  { number }: Line,
  file: DataFile,
): DataProblem {
  const text = JSON.stringify(value) as string | undefined;
  const holds = text === undefined ? 'is missing' : `is \`${shorten(text)}\``;
  const message = `Line ${number} of \`${file.path}\`: \`${key}\` ${holds}, but ${needed} is needed.`;
  return new DataProblem('fip/data-cell', message, file.pointer);
}

function shorten(text: string): string {
  return text.length > 30 ? `${text.slice(0, 29)}…` : text;
}
