/** A spec as text, with the way from each value to its place in the text and back. */
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Position, Range } from '../protocol/generated';
import { parentPointer } from './json-pointer';
import type { Parts } from './parse-parts';
import type { Entry, Span } from './places';
import type { SpecDiagnostic } from './spec-diagnostic';

export type { Entry, Span } from './places';

/** A place in the spec under the cursor. */
export interface CursorPlace {
  pointer: string;
  isKey: boolean;
}

/** `focus`: the value where it is a word or a number, the key of a mapping or list, so that squiggles stay short. */
export type RangePart = 'key' | 'value' | 'entry' | 'focus';

export class SpecDocument {
  readonly #positions: TextDocument;
  /** Made at first use. */
  #children: Map<string, string[]> | undefined;

  constructor(
    readonly text: string,
    readonly uri: string,
    /** The spec as plain values, aliases resolved; undefined where there is none. */
    readonly value: unknown,
    private readonly entries: ReadonlyMap<string, Entry>,
    /** What was found while reading the text. */
    readonly diagnostics: readonly SpecDiagnostic[],
    /** Offset of the first YAML error; nothing after it is to be trusted. */
    readonly brokenAt: number | undefined,
    /** What the next version need not read again; while the text is broken, the parts of the last that was not. */
    readonly parts: Parts = new Map(),
  ) {
    this.#positions = TextDocument.create(uri, 'fip', 0, text);
  }

  offsetAt(position: Position): number {
    return this.#positions.offsetAt(position);
  }

  positionAt(offset: number): Position {
    return this.#positions.positionAt(offset);
  }

  /** The range of a span. */
  range(span: Span): Range {
    return { start: this.positionAt(span[0]), end: this.positionAt(span[1]) };
  }

  has(pointer: string): boolean {
    return this.entries.has(pointer);
  }

  /** Whether the value at a pointer is written as a mapping or a list. */
  isCollection(pointer: string): boolean {
    return this.entries.get(pointer)?.collection ?? false;
  }

  /** Whether a place is reached through an alias, and so is not written where it stands. */
  isAliased(pointer: string): boolean {
    return this.entries.get(pointer)?.aliased ?? false;
  }

  /** Whether the value at a pointer could not be read; nothing more is to be said of it. */
  isUnreadable(pointer: string): boolean {
    return this.entries.get(pointer)?.unreadable ?? false;
  }

  /** The pointers of all keys and items, in the order of the text. */
  pointers(): string[] {
    return [...this.entries.keys()];
  }

  /** The pointers of the keys or items of a value, in the order of the text. */
  childrenOf(pointer: string): readonly string[] {
    if (!this.#children) {
      this.#children = new Map();
      for (const child of this.entries.keys()) {
        if (child === '') continue;
        const siblings = this.#children.get(parentPointer(child));
        if (siblings) siblings.push(child);
        else this.#children.set(parentPointer(child), [child]);
      }
    }
    return this.#children.get(pointer) ?? [];
  }

  /** Where a value stands; a value that is not in the text stands where its nearest ancestor's key does. */
  rangeOf(pointer: string, part: RangePart = 'value'): Range {
    return this.range(this.spanOf(pointer, part));
  }

  /** As `rangeOf`, in offsets. */
  spanOf(pointer: string, part: RangePart = 'value'): Span {
    const entry = this.entries.get(pointer);
    if (pointer === '') return part === 'value' && entry ? entry.value : this.#firstSpan();
    if (!entry) return this.spanOf(parentPointer(pointer), 'key');
    const key = entry.key ?? (entry.collection ? this.#firstChildSpan(pointer) : entry.value);
    if (part === 'key') return key;
    if (part === 'entry') return [Math.min(key[0], entry.value[0]), entry.value[1]];
    return part === 'focus' && entry.collection ? key : entry.value;
  }

  /** A key with its value, without the comments and blank lines that follow. */
  tightSpan(pointer: string): Span {
    return [this.spanOf(pointer, 'entry')[0], this.#endOf(pointer)];
  }

  /** A key or value without the quotes around it, nor the line break that ends a block of text. */
  innerSpan(pointer: string, part: 'key' | 'value'): Span {
    const [start, end] = this.spanOf(pointer, part);
    const text = this.text.slice(start, end).trimEnd();
    if (!/^["']/.test(text)) return [start, start + text.length];
    const isClosed = text.length > 1 && text.at(-1) === text[0];
    return [start + 1, start + text.length - (isClosed ? 1 : 0)];
  }

  /** Where a value ends; the YAML parser counts the comments behind a block to it. */
  #endOf(pointer: string): number {
    const [start, end] = this.spanOf(pointer);
    const isBlock = this.isCollection(pointer) && !/[[{]/.test(this.text.charAt(start));
    if (!isBlock) return end;
    const children = this.childrenOf(pointer);
    return children.length > 0 ? Math.max(...children.map((child) => this.#endOf(child))) : end;
  }

  /** The key or value under the cursor, the narrowest where several are. The end of a word belongs to it. */
  pointerAt(offset: number): CursorPlace | undefined {
    let best: (CursorPlace & { width: number }) | undefined;
    for (const [pointer, entry] of this.entries) {
      if (entry.aliased) continue;
      const spans: [Span | undefined, boolean][] = [
        [entry.key, true],
        [entry.value, false],
      ];
      for (const [span, isKey] of spans) {
        if (!span || offset < span[0] || offset > span[1]) continue;
        const width = span[1] - span[0];
        if (!best || width <= best.width) best = { pointer, isKey, width };
      }
    }
    return best && { pointer: best.pointer, isKey: best.isKey };
  }

  /** The first key of the spec, or the first line where there is none. */
  #firstSpan(): Span {
    for (const { key } of this.entries.values()) if (key) return key;
    return [0, firstLineEnd(this.text)];
  }

  #firstChildSpan(pointer: string): Span {
    const first = this.entries.get(this.childrenOf(pointer)[0] ?? pointer);
    return first?.key ?? first?.value ?? this.#firstSpan();
  }
}

/** Length of the first line without its break. */
export function firstLineEnd(text: string): number {
  const end = text.search(/[\r\n]/);
  return end < 0 ? text.length : end;
}
