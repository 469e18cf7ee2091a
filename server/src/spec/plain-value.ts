/** Turns a YAML tree into plain values and notes where each of them stands. */
import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Document, Node, Pair, YAMLMap } from 'yaml';
import { childPointer } from './json-pointer';
import type { Entry, Span } from './places';

/** What the walk found wrong, in offsets; parse.ts makes diagnostics of it. */
export interface WalkProblem {
  code:
    | 'fip/duplicate-key'
    | 'fip/alias'
    | 'fip/alias-bomb'
    | 'fip/bad-key'
    | 'fip/reserved-key'
    | 'fip/too-large';
  span: Span;
  message: string;
  first?: Span;
}

export interface PlainSpec {
  value: unknown;
  entries: Map<string, Entry>;
  problems: WalkProblem[];
}

/** Keys that would reach the prototype of an object. */
export const reservedKeys = new Set(['__proto__', 'constructor', 'prototype']);
/** Most values that are read. */
export const maxNodes = 50_000;
const maxAliasedNodes = 1_000;

/** The plain value of a document, aliases resolved. Never throws; what it refuses is in `problems`. */
export function plainSpec(yaml: Document): PlainSpec {
  const walker = new Walker();
  const value = walker.walk(yaml.contents, '', undefined);
  return { value, entries: walker.entries, problems: walker.problems };
}

/** Thrown and caught in this file: the walk has seen enough. */
class BudgetSpent extends Error {}

class Walker {
  readonly entries = new Map<string, Entry>();
  readonly problems: WalkProblem[] = [];
  readonly #anchors = new Map<string, Node>();
  readonly #open = new Set<Node>();
  /** Where the last word ends that was visited: so do the blocks around it, whose comments the parser counts to them. */
  #end = 0;
  #nodes = 0;
  #aliasedNodes = 0;

  /** `alias` is the span of the alias that led here; its contents stand where it does. */
  walk(node: Node | null, pointer: string, alias: Span | undefined, key?: Span): unknown {
    try {
      return this.#visit(node, pointer, alias, key);
    } catch (error) {
      if (error instanceof BudgetSpent) return undefined;
      throw error;
    }
  }

  #visit(node: Node | null, pointer: string, alias: Span | undefined, key?: Span): unknown {
    const span = alias ?? spanOf(node) ?? (key && ([key[1], key[1]] as const)) ?? [0, 0];
    this.#count(span, alias !== undefined);
    if (isAlias(node)) return this.#visitAlias(node.source, pointer, span, key);
    if (node && 'anchor' in node && node.anchor) this.#anchors.set(node.anchor, node);
    const collection = isMap(node) || isSeq(node);
    const aliased = alias !== undefined;
    this.entries.set(pointer, { ...(key && { key }), value: span, aliased, collection });
    const isBlock = collection && !aliased && node.flow !== true;
    if (!isBlock) this.#end = Math.max(this.#end, span[1]);
    if (!collection) return isScalar(node) ? node.value : null;
    this.#open.add(node);
    const value = isMap(node)
      ? this.#visitMap(node, pointer, alias)
      : node.items.map((item, i) => this.#visit(item as Node, childPointer(pointer, i), alias));
    this.#open.delete(node);
    const entry = isBlock ? this.entries.get(pointer) : undefined;
    if (entry)
      this.entries.set(pointer, { ...entry, value: [span[0], Math.max(span[0], this.#end)] });
    return value;
  }

  #visitAlias(source: string, pointer: string, span: Span, key?: Span): unknown {
    const target = this.#anchors.get(source);
    if (target && !this.#open.has(target)) {
      const value = this.#visit(target, pointer, span, key);
      const entry = this.entries.get(pointer);
      // The alias itself stands in the text; only its contents do not.
      if (entry) this.entries.set(pointer, { ...entry, aliased: false, collection: false });
      return value;
    }
    this.entries.set(pointer, {
      ...(key && { key }),
      value: span,
      aliased: false,
      collection: false,
      unreadable: true,
    });
    const message = target
      ? `The alias \`*${source}\` contains itself. Write the value out.`
      : `The alias \`*${source}\` has no anchor before it. Write \`&${source}\` in front of the value that it stands for, or write the value out.`;
    this.problems.push({ code: 'fip/alias', span, message });
    return null;
  }

  #visitMap(map: YAMLMap, pointer: string, alias: Span | undefined): Record<string, unknown> {
    const value: Record<string, unknown> = {};
    const seen = new Map<string, Span>();
    for (const pair of map.items as Pair<Node, Node | null>[]) {
      const key = this.#key(pair.key, alias);
      if (!key) continue;
      const first = seen.get(key.name);
      if (first) {
        const message = `\`${key.name}\` is written twice here. Keep one of the two.`;
        this.problems.push({ code: 'fip/duplicate-key', span: key.span, message, first });
        continue;
      }
      seen.set(key.name, key.span);
      const child = childPointer(pointer, key.name);
      value[key.name] = this.#visit(pair.value, child, alias, key.span);
    }
    return value;
  }

  #key(node: Node, alias: Span | undefined): { name: string; span: Span } | undefined {
    const span = alias ?? spanOf(node) ?? [0, 0];
    if (
      !isScalar<string | number | boolean | object | null>(node) ||
      node.value === null ||
      typeof node.value === 'object'
    ) {
      const message = 'A key must be a plain word, such as `steps`.';
      this.problems.push({ code: 'fip/bad-key', span, message });
      return undefined;
    }
    const name = String(node.value);
    if (!reservedKeys.has(name)) return { name, span };
    const message = `\`${name}\` cannot be a key. Take another name.`;
    this.problems.push({ code: 'fip/reserved-key', span, message });
    return undefined;
  }

  /** Refuses specs whose size is only seen once it is unfolded. */
  #count(span: Span, aliased: boolean): void {
    this.#nodes++;
    if (aliased) this.#aliasedNodes++;
    const bomb = this.#aliasedNodes > maxAliasedNodes;
    if (!bomb && this.#nodes <= maxNodes) return;
    const message = bomb
      ? `The aliases of this spec unfold to more than ${maxAliasedNodes} values. Write the values out.`
      : `This spec has more than ${maxNodes} values. An experiment needs far fewer: is this the right file?`;
    this.problems.push({ code: bomb ? 'fip/alias-bomb' : 'fip/too-large', span, message });
    throw new BudgetSpent();
  }
}

function spanOf(node: Node | null | undefined): Span | undefined {
  return node?.range ? [node.range[0], node.range[1]] : undefined;
}
