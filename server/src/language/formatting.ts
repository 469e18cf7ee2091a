/** Formats a spec: indentation, spaces and blank lines; comments and the choice of flow or block style stay. */
import type { FormattingOptions, Range, TextEdit } from 'vscode-languageserver';
import { parseSpec } from '../spec/parse';
import type { Span, SpecDocument } from '../spec/spec-document';
import { keepCommentColumns } from './comment-columns';

/** Lines longer than this are broken, where they can be. */
const printWidth = 100;

/**
 * The edits that format a spec, or the top-level sections that a range touches. None where the YAML is broken: what the
 * user meant is not known then.
 */
export async function formatting(
  document: SpecDocument,
  options: Pick<FormattingOptions, 'tabSize'>,
  range?: Range,
): Promise<TextEdit[]> {
  const text = await formatted(document, options);
  if (text === undefined || text === document.text) return [];
  const [old, fresh] = [sections(document), sections(parseSpec(text))];
  if (old.length !== fresh.length) return range ? [] : [wholeEdit(document, text)];
  return old.flatMap((span, i) => {
    if (range && !touches(document, span, range)) return [];
    return editOf(document, span, text.slice(...(fresh[i] ?? span))) ?? [];
  });
}

/** The formatted text; undefined where there is none that means the same. */
async function formatted(
  document: SpecDocument,
  { tabSize }: Pick<FormattingOptions, 'tabSize'>,
): Promise<string | undefined> {
  if (document.brokenAt !== undefined || document.value === undefined) return undefined;
  const { text } = document;
  const [{ format }, yaml] = await prettier();
  const endOfLine = /\r\n/.test(text) ? 'crlf' : 'lf';
  try {
    const result = await format(text, {
      parser: 'yaml',
      plugins: [yaml],
      endOfLine,
      printWidth,
      bracketSpacing: false,
      singleQuote: !text.includes('"'),
      tabWidth: Math.min(8, Math.max(2, tabSize)),
    });
    const aligned = keepCommentColumns(text, result);
    return meansTheSame(document, aligned) ? aligned : undefined;
  } catch {
    // Prettier refuses what it cannot read; checking the spec says what is wrong with it.
    return undefined;
  }
}

/** Loaded when something is formatted for the first time. */
const prettier = () =>
  Promise.all([import('prettier/standalone'), import('prettier/plugins/yaml')] as const);

/** A formatter must never change an experiment, so this is not left to trust. */
function meansTheSame(document: SpecDocument, text: string): boolean {
  const other = parseSpec(text);
  return (
    other.brokenAt === undefined && JSON.stringify(other.value) === JSON.stringify(document.value)
  );
}

/** The text before the first top-level key, then each such key with all that follows it; together the whole text. */
function sections(document: SpecDocument): Span[] {
  const { text } = document;
  const keys = document.childrenOf('').map((pointer) => document.spanOf(pointer, 'key')[0]);
  const starts = keys.filter((start) => start > 0 && /[\r\n]/.test(text.charAt(start - 1)));
  const bounds = [0, ...starts, text.length];
  return bounds.slice(1).map((end, i) => [bounds[i] ?? 0, end]);
}

function touches(document: SpecDocument, [start, end]: Span, range: Range): boolean {
  const [from, to] = [document.offsetAt(range.start), document.offsetAt(range.end)];
  return from < end && start <= to && !(to === start && from < to);
}

/** One edit for the lines that differ. */
function editOf(document: SpecDocument, span: Span, text: string): TextEdit | undefined {
  const [old, fresh] = [lines(document.text.slice(...span)), lines(text)];
  let head = 0;
  while (head < old.length && head < fresh.length && old[head] === fresh[head]) head++;
  let tail = 0;
  const most = Math.min(old.length, fresh.length) - head;
  while (tail < most && old.at(-1 - tail) === fresh.at(-1 - tail)) tail++;
  if (old.length === fresh.length && head + tail === old.length) return undefined;
  const start = span[0] + old.slice(0, head).join('').length;
  const end = span[1] - old.slice(old.length - tail).join('').length;
  const newText = fresh.slice(head, fresh.length - tail).join('');
  return { range: document.range([start, end]), newText };
}

const lines = (text: string): string[] => text.split(/(?<=\n)/);

const wholeEdit = (document: SpecDocument, newText: string): TextEdit => ({
  range: document.range([0, document.text.length]),
  newText,
});
