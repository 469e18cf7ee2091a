/** Edits that add keys to a mapping, or take one out, in braces as well as in lines of their own. */
import type { TextEdit } from 'vscode-languageserver';
import { parentPointer } from '../spec/json-pointer';
import type { Span, SpecDocument } from '../spec/spec-document';

/** Whether a value is written in braces or brackets. */
export function isFlow(document: SpecDocument, pointer: string): boolean {
  return /[[{]/.test(document.text.charAt(document.spanOf(pointer)[0]));
}

/** The indentation of the keys of a mapping that is written in lines. */
export function indentOf(document: SpecDocument, mapping: string): string {
  const [first] = document.childrenOf(mapping);
  if (first === undefined) return '';
  return ' '.repeat(document.rangeOf(first, 'key').start.character);
}

/** Adds `key: value` texts at the end of a mapping; undefined where it is written elsewhere, or has no keys yet. */
export function addKeys(
  document: SpecDocument,
  mapping: string,
  keys: readonly string[],
): TextEdit | undefined {
  const last = document.childrenOf(mapping).at(-1);
  if (document.isAliased(mapping) || !document.isCollection(mapping)) return undefined;
  if (isFlow(document, mapping)) {
    const start = document.spanOf(mapping)[0] + 1;
    const at = last === undefined ? start : document.tightSpan(last)[1];
    return insert(document, at, (last === undefined ? '' : ', ') + keys.join(', '));
  }
  if (last === undefined) return undefined;
  const indent = indentOf(document, mapping);
  const text = keys.map((key) => `\n${indent}${key}`).join('');
  return insert(document, lineEnd(document, textEnd(document, last)), withBreaksOf(document, text));
}

/** Takes a key and its value out; undefined where that would leave a mapping empty. */
export function removeKey(document: SpecDocument, pointer: string): TextEdit | undefined {
  const mapping = parentPointer(pointer);
  const siblings = document.childrenOf(mapping);
  if (siblings.length < 2 || document.isAliased(pointer)) return undefined;
  const at = siblings.indexOf(pointer);
  const start = document.spanOf(pointer, 'key')[0];
  const next = siblings[at + 1];
  const span = (from: number, to: number) => ({ range: document.range([from, to]), newText: '' });
  if (isFlow(document, mapping) || !startsLine(document, start)) {
    if (next !== undefined) return span(start, document.spanOf(next, 'key')[0]);
    return span(document.tightSpan(siblings[at - 1] ?? '')[1], document.tightSpan(pointer)[1]);
  }
  const { text } = document;
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const end = lineEnd(document, textEnd(document, pointer));
  return end < text.length
    ? span(from, end + (text.startsWith('\r\n', end) ? 2 : 1))
    : span(Math.max(0, from - 1), end);
}

function insert(document: SpecDocument, at: number, newText: string): TextEdit {
  return { range: document.range([at, at]), newText };
}

/** Line breaks as the rest of the text has them. */
export function withBreaksOf({ text }: SpecDocument, added: string): string {
  return text.includes('\r\n') ? added.replaceAll('\n', '\r\n') : added;
}

/** Where the letters of a value end: a block of text ends behind its line break. */
function textEnd(document: SpecDocument, pointer: string): number {
  const [start, end]: Span = document.tightSpan(pointer);
  return start + document.text.slice(start, end).trimEnd().length;
}

function lineEnd({ text }: SpecDocument, offset: number): number {
  const length = text.slice(offset).search(/[\r\n]/);
  return length < 0 ? text.length : offset + length;
}

const startsLine = ({ text }: SpecDocument, offset: number): boolean =>
  text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset).trim() === '';
