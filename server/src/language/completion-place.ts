/** Finds out what can be written at the cursor, in texts that are seldom whole while someone types. */
import { childPointer, lastSegment, parentPointer, valueAt } from '../spec/json-pointer';
import { parseSpec } from '../spec/parse';
import { isRecord } from '../spec/schema-node';
import type { SpecDocument } from '../spec/spec-document';

export interface CompletionPlace {
  /** `key`: a key of the mapping at `pointer`; `value`: the value at `pointer`. */
  kind: 'key' | 'value';
  pointer: string;
  /** The spec as it would be with a word at the cursor. */
  root: unknown;
  /** The keys that the mapping has already. */
  present: string[];
  /** Start and end of the word that the completion replaces. */
  replace: readonly [number, number];
  /** What further lines of a snippet need beyond the indentation of this line: the width of its dashes. */
  indent: string;
  /** Inside braces or brackets, where nothing can go on the next line. */
  flow: boolean;
  /** Whether a colon follows already. */
  hasColon: boolean;
}

/** A word that no spec has. It takes the place of what is typed so far. */
const cursor = 'fipCursorHere';

/**
 * The places that an offset can be, most likely first: behind a `-` both a key and a value may stand, and only the schema
 * knows which. None in comments.
 */
export function* completionPlaces(
  document: SpecDocument,
  offset: number,
): Generator<CompletionPlace> {
  const { text } = document;
  const before = text.slice(lineStart(text, offset), offset);
  if (/(^|\s)#/.test(before)) return;
  const word = /[^\s,:[\]{}"']*$/.exec(before)?.[0] ?? '';
  const after = /^[^\s,:[\]{}"'#]*/.exec(text.slice(offset))?.[0] ?? '';
  const replace = [offset - word.length, offset + after.length] as const;
  const rest = text.slice(replace[1]);
  const hasColon = /^\s*:(\s|$)/.test(rest);
  const lead = before.slice(0, before.length - word.length);
  for (const kind of triesFor(lead, text, replace[0])) {
    const filler = kind === 'key' && !hasColon ? `${cursor}: ` : cursor;
    const place = placeWith(document, replace, filler, hasColon);
    if (place) yield place;
  }
}

function triesFor(lead: string, text: string, offset: number): ('key' | 'value')[] {
  // A word behind a comma is a key in braces and a value in brackets.
  if (/,\s*$/.test(lead)) return [openBracket(text, offset) === '[' ? 'value' : 'key'];
  if (/:\s+$|\[\s*$|["']$/.test(lead)) return ['value'];
  return /^\s*(-\s+)+$/.test(lead) ? ['key', 'value'] : ['key'];
}

function placeWith(
  { text, value, parts }: SpecDocument,
  replace: readonly [number, number],
  filler: string,
  hasColon: boolean,
): CompletionPlace | undefined {
  const [start, end] = sectionAround(text, replace[0]);
  const filled = text.slice(start, replace[0]) + filler + text.slice(replace[1], end);
  const section = parseSpec(filled, '', parts);
  const pointer = section.pointers().find((found) => isCursor(section, found));
  if (pointer === undefined) return undefined;
  const isKey = lastSegment(pointer) === cursor;
  const mapping = isKey ? parentPointer(pointer) : pointer;
  const isPart = end - start < text.length && isRecord(value) && isRecord(section.value);
  const root = isPart ? { ...value, ...section.value } : section.value;
  const here = valueAt(root, mapping);
  const keys = typeof here === 'object' && here !== null ? Object.keys(here) : [];
  return {
    kind: isKey ? 'key' : 'value',
    pointer: mapping,
    root,
    present: keys.filter((key) => key !== cursor),
    replace,
    indent: ' '.repeat(dashesBefore(text, replace[0])),
    flow: openBracket(text, replace[0]) !== undefined,
    hasColon,
  };
}

/**
 * The top-level key that an offset belongs to, with all below it. It is read alone: that is quicker in a long spec, and what
 * is broken elsewhere does no harm. The whole text where the offset is at the top level, or where aliases lead anywhere.
 */
function sectionAround(text: string, offset: number): readonly [number, number] {
  const whole = [0, text.length] as const;
  if (/(^|[\s,[{:])[&*]\w/m.test(text) || !/^[ \t]/.test(text.slice(lineStart(text, offset))))
    return whole;
  const start = lastMatch(/^[A-Za-z_"'][^\n]*?:(?=\s|$)/gm, text.slice(0, offset));
  if (start === undefined) return whole;
  // The rest of the line is no line of its own.
  const next = text.slice(offset).search(/(?<=\n)[A-Za-z_"'][^\n]*?:(?=\s|$)/);
  return [start, next < 0 ? text.length : offset + next];
}

function lastMatch(pattern: RegExp, text: string): number | undefined {
  let last: number | undefined;
  for (const { index } of text.matchAll(pattern)) last = index;
  return last;
}

const isCursor = (document: SpecDocument, pointer: string): boolean =>
  lastSegment(pointer) === cursor || valueAt(document.value, pointer) === cursor;

/** The bracket that is open at an offset, looking back to the start of the block it can belong to. */
function openBracket(text: string, offset: number): string | undefined {
  let depth = 0;
  for (let i = offset - 1; i >= 0; i--) {
    const mark = text[i] ?? '';
    if (mark === ']' || mark === '}') depth++;
    if ((mark === '[' || mark === '{') && depth-- === 0) return mark;
    // A key at the start of a line ends whatever was left open before it.
    if (mark === '\n' && /^[A-Za-z]/.test(text.slice(i + 1, i + 2))) return undefined;
  }
  return undefined;
}

/** Width of the `- ` that a line starts with. */
function dashesBefore(text: string, offset: number): number {
  return /^\s*((?:-\s+)*)/.exec(text.slice(lineStart(text, offset), offset))?.[1]?.length ?? 0;
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** The pointer of the value that a place's mapping belongs to, for looking up its siblings. */
export function siblingPointer(place: CompletionPlace, key: string): string {
  return childPointer(parentPointer(place.pointer), key);
}
