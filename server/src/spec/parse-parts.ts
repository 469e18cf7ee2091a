/**
 * Reads a spec part by part, a part being a top-level key or an item of the list below one, and keeps what it read: after an
 * edit only the part that changed is read again. Only texts in which the parts cannot touch each other are read so.
 */
import { parseDocument } from 'yaml';
import { plainSpec, reservedKeys } from './plain-value';
import type { Entry, Span } from './places';
import { yamlOptions } from './yaml-options';

/** A part as it was read, its pointers and spans counted from itself. */
interface Part {
  value: unknown;
  entries: readonly (readonly [pointer: string, entry: Entry])[];
}

/** The parts of a text, by their own texts. */
export type Parts = ReadonlyMap<string, Part>;

export interface ReadParts {
  value: Record<string, unknown>;
  entries: Map<string, Entry>;
  parts: Parts;
}

/** Marks of documents, tags, aliases, blocks of text, tabs and lone carriage returns: these reach beyond their part. */
const farReaching =
  /^\uFEFF|^(?:---|\.\.\.|%)|[\t\u2028\u2029]|\r(?!\n)|(?:^|[\s,[{:"'])[&*!]|[|>][-+\d]*[ ]*(?:#.*)?\r?$/m;
const topLevelKey = /^([A-Za-z_][\w-]*):(?=[ \r\n]|$)/;
const nothing = /^ *(?:#.*)?\r?$/;

/**
 * The value of a text and its places, just as if it were read whole; `known` are the parts of an earlier version. Undefined
 * where it has to be read whole: where parts may touch each other, or where there is anything to say about the text.
 */
export function readParts(text: string, known: Parts): ReadParts | undefined {
  const sections = farReaching.test(text) ? undefined : sectionsOf(text);
  const reader = new PartReader(text, known);
  return sections?.every((section) => reader.read(section)) ? reader.result() : undefined;
}

interface Section {
  key: string;
  span: Span;
  /** Where the items of its list start; none where it is read in one. */
  items: number[];
}

function sectionsOf(text: string): Section[] | undefined {
  const sections: Section[] = [];
  const keys = new Set<string>();
  for (let start = 0; start < text.length;) {
    const end = lineEnd(text, start);
    const first = text.charAt(start);
    const isLead = sections.length === 0 && !nothing.test(text.slice(start, end).replace('\n', ''));
    if (isLead && first === ' ') return undefined;
    if (first !== ' ' && first !== '\n' && first !== '\r' && first !== '#') {
      const [, key] = topLevelKey.exec(text.slice(start, end)) ?? [];
      if (key === undefined || keys.has(key) || reservedKeys.has(key)) return undefined;
      keys.add(key);
      sections.push({ key, span: [start, text.length], items: [] });
    }
    start = end;
  }
  return sections.map((section, i) => {
    const span: Span = [section.span[0], sections[i + 1]?.span[0] ?? text.length];
    return { ...section, span, items: itemsOf(text, span) };
  });
}

/** The starts of the lines that the items of a block list start with; none where a section is no such list. */
function itemsOf(text: string, [start, end]: Span): number[] {
  const header = lineEnd(text, start);
  if (!/^[\w-]+: *(?:#.*)?\r?\n?$/.test(text.slice(start, header))) return [];
  const items: number[] = [];
  let indent: number | undefined;
  for (let at = header; at < end; at = lineEnd(text, at)) {
    const line = text.slice(at, lineEnd(text, at)).replace('\n', '');
    if (nothing.test(line)) continue;
    const lead = /^ */.exec(line)?.[0].length ?? 0;
    const isItem = /^- |^-\r?$/.test(line.slice(lead));
    indent ??= isItem ? lead : undefined;
    if (indent === undefined || lead < indent || (lead === indent && !isItem)) return [];
    if (lead === indent) items.push(at);
  }
  return items;
}

function lineEnd(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end + 1;
}

class PartReader {
  readonly #value: Record<string, unknown> = {};
  readonly #entries = new Map<string, Entry>();
  readonly #parts = new Map<string, Part>();

  constructor(
    private readonly text: string,
    private readonly known: Parts,
  ) {
    this.#entries.set('', { value: [0, 0], aliased: false, collection: true });
  }

  /** Whether a section could be read. */
  read(section: Section): boolean {
    return section.items.length > 0 ? this.#readList(section) : this.#readWhole(section);
  }

  result(): ReadParts | undefined {
    const [, first] = this.#entries.values();
    if (!first?.key) return undefined;
    let end = 0;
    for (const { value } of this.#entries.values()) end = Math.max(end, value[1]);
    this.#entries.set('', { value: [first.key[0], end], aliased: false, collection: true });
    return { value: this.#value, entries: this.#entries, parts: this.#parts };
  }

  #readWhole({ key, span }: Section): boolean {
    const part = this.#part(span);
    if (!part) return false;
    this.#value[key] = (part.value as Record<string, unknown>)[key];
    for (const [pointer, entry] of part.entries)
      if (pointer !== '') this.#entries.set(pointer, moved(entry, span[0]));
    return true;
  }

  #readList({ key, span, items }: Section): boolean {
    const list: unknown[] = [];
    const pointer = `/${key}`;
    // Takes its place in the order now, and its span once that is known.
    this.#entries.set(pointer, { value: [0, 0], aliased: false, collection: true });
    let [start, end] = [span[1], span[0]];
    for (const [i, at] of items.entries()) {
      const part = this.#part([at, items[i + 1] ?? span[1]]);
      if (!part) return false;
      list.push((part.value as unknown[])[0]);
      for (const [own, entry] of part.entries) {
        const here = moved(entry, at);
        if (own === '') [start, end] = [Math.min(start, here.value[0]), here.value[1]];
        else this.#entries.set(`${pointer}/${i}${own.slice('/0'.length)}`, here);
      }
    }
    this.#value[key] = list;
    const keySpan: Span = [span[0], span[0] + key.length];
    this.#entries.set(pointer, {
      key: keySpan,
      value: [start, end],
      aliased: false,
      collection: true,
    });
    return true;
  }

  #part([start, end]: Span): Part | undefined {
    const text = this.text.slice(start, end);
    const part = this.#parts.get(text) ?? this.known.get(text) ?? readPart(text);
    if (part) this.#parts.set(text, part);
    return part;
  }
}

/** A part on its own; undefined where there is anything to say about it. */
function readPart(text: string): Part | undefined {
  const yaml = parseDocument(text, yamlOptions);
  if (yaml.errors.length > 0 || yaml.warnings.length > 0) return undefined;
  const { value, entries, problems } = plainSpec(yaml);
  const isAlone = Array.isArray(value) ? value.length === 1 : typeof value === 'object';
  return problems.length > 0 || !isAlone || value === null
    ? undefined
    : { value, entries: [...entries] };
}

function moved({ key, value, ...entry }: Entry, by: number): Entry {
  const at = ([start, end]: Span): Span => [start + by, end + by];
  return { ...entry, ...(key && { key: at(key) }), value: at(value) };
}
