/** Finds out what can be written at the cursor, in texts that are seldom whole while someone types. */
import { childPointer, lastSegment, parentPointer, valueAt } from '../spec/json-pointer';
import { parseSpec } from '../spec/parse';
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
export function completionPlaces(text: string, offset: number): CompletionPlace[] {
  const before = text.slice(lineStart(text, offset), offset);
  if (/(^|\s)#/.test(before)) return [];
  const word = /[^\s,:[\]{}"']*$/.exec(before)?.[0] ?? '';
  const after = /^[^\s,:[\]{}"'#]*/.exec(text.slice(offset))?.[0] ?? '';
  const replace = [offset - word.length, offset + after.length] as const;
  const rest = text.slice(replace[1]);
  const hasColon = /^\s*:(\s|$)/.test(rest);
  const lead = before.slice(0, before.length - word.length);
  const asKey = () => placeWith(text, replace, `${cursor}${hasColon ? '' : ': '}`, hasColon);
  const asValue = () => placeWith(text, replace, cursor, hasColon);
  const tries = triesFor(lead, text, replace[0]).map((kind) =>
    kind === 'key' ? asKey() : asValue(),
  );
  return tries.filter((place) => place !== undefined);
}

function triesFor(lead: string, text: string, offset: number): ('key' | 'value')[] {
  // A word behind a comma is a key in braces and a value in brackets.
  if (/,\s*$/.test(lead)) return [openBracket(text, offset) === '[' ? 'value' : 'key'];
  if (/:\s+$|\[\s*$|["']$/.test(lead)) return ['value'];
  return /^\s*(-\s+)+$/.test(lead) ? ['key', 'value'] : ['key'];
}

function placeWith(
  text: string,
  replace: readonly [number, number],
  filler: string,
  hasColon: boolean,
): CompletionPlace | undefined {
  const filled = text.slice(0, replace[0]) + filler + text.slice(replace[1]);
  const document = parseSpec(filled);
  const pointer = document.pointers().find((found) => isCursor(document, found));
  if (pointer === undefined) return undefined;
  const isKey = lastSegment(pointer) === cursor;
  const mapping = isKey ? parentPointer(pointer) : pointer;
  const here = valueAt(document.value, mapping);
  const keys = typeof here === 'object' && here !== null ? Object.keys(here) : [];
  return {
    kind: isKey ? 'key' : 'value',
    pointer: mapping,
    root: document.value,
    present: keys.filter((key) => key !== cursor),
    replace,
    indent: ' '.repeat(dashesBefore(text, replace[0])),
    flow: openBracket(text, replace[0]) !== undefined,
    hasColon,
  };
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
