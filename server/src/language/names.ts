/** The names that a spec gives to its data sets and legs, and everywhere it refers to them. */
import { childPointer, valueAt } from '../spec/json-pointer';
import { isRecord, refsIn } from '../spec/schema-node';
import type { Span, SpecDocument } from '../spec/spec-document';

export type NameKind = 'data' | 'leg';

/** A place where a name is written. */
export interface NameUse {
  kind: NameKind;
  /** The name of what is meant; for a derived name (see `baseOf`), that of what it comes from. */
  name: string;
  pointer: string;
  /** Data sets are named by keys, everything else is a value. */
  part: 'key' | 'value';
  /** Whether the name is given here. */
  isDefinition: boolean;
  /** Whether it is given anywhere. */
  isDefined: boolean;
  /** The letters of `name`, without quotes and without what a derived name adds. */
  span: Span;
  /** Whether the span holds these very letters; an alias or a text with escapes says them in another way. */
  literal: boolean;
}

/** A name without its place. */
export type Name = Pick<NameUse, 'kind' | 'name'>;

/** All names in a spec, in no certain order. References to what is not defined are among them. */
export function nameUses(document: SpecDocument): NameUse[] {
  const defined = definedNames(document.value);
  const given = definitionsIn(document.value)
    .filter(({ pointer }) => !document.isAliased(pointer))
    .map((found) => ({
      ...found,
      isDefinition: true,
      isDefined: true,
      ...letters(document, found, found.name),
    }));
  const references = refsIn(document.value).flatMap(({ kind, name, pointer }): NameUse[] => {
    if (!isNameKind(kind) || document.isAliased(pointer)) return [];
    const base = defined.baseOf(kind, name);
    const use = { kind, name: base ?? name, pointer, part: 'value' as const };
    const isDefined = base !== undefined;
    return [{ ...use, isDefinition: false, isDefined, ...letters(document, use, name) }];
  });
  return [...given, ...references];
}

/** The name under the cursor, if there is one. */
export function nameAt(document: SpecDocument, offset: number): NameUse | undefined {
  const place = document.pointerAt(offset);
  return nameUses(document).find(
    ({ pointer, part }) => pointer === place?.pointer && place.isKey === (part === 'key'),
  );
}

/** All places that mean the same as a name, its definitions first. */
export function usesOf(document: SpecDocument, { kind, name }: Name): NameUse[] {
  return nameUses(document).filter((use) => use.kind === kind && use.name === name);
}

/** The names that a spec defines, and what a reference means among them. */
export interface DefinedNames {
  names(kind: NameKind): string[];
  /**
   * The defined name that a reference means: itself, or what it derives from. A data set with `tasks` gives `mnist-1`,
   * `mnist-2`, ...; a leg that walks several tasks has parts called `leg:data`. Undefined where nothing is meant.
   */
  baseOf(kind: NameKind, name: string): string | undefined;
}

export function definedNames(root: unknown): DefinedNames {
  const all = definitionsIn(root);
  const named = (kind: NameKind) => all.filter((found) => found.kind === kind);
  const names = {
    data: new Set(named('data').map(({ name }) => name)),
    leg: new Set(named('leg').map(({ name }) => name)),
  };
  const hasTasks = (data: string) =>
    valueAt(root, childPointer('/data', data, 'tasks')) !== undefined;
  return {
    names: (kind) => [...names[kind]],
    baseOf: (kind, name) => {
      if (names[kind].has(name)) return name;
      const base = kind === 'data' ? /^(.+)-\d+$/.exec(name)?.[1] : /^([^:]+):.+$/.exec(name)?.[1];
      if (base === undefined || !names[kind].has(base)) return undefined;
      return kind === 'leg' || hasTasks(base) ? base : undefined;
    },
  };
}

const isNameKind = (kind: string): kind is NameKind => kind === 'data' || kind === 'leg';

function definitionsIn(root: unknown): Pick<NameUse, 'kind' | 'name' | 'pointer' | 'part'>[] {
  const data = valueAt(root, '/data');
  const legs = valueAt(root, '/path');
  const names = isRecord(data) ? Object.keys(data) : [];
  return [
    ...names.map((name) => ({
      kind: 'data' as const,
      name,
      pointer: childPointer('/data', name),
      part: 'key' as const,
    })),
    ...(Array.isArray(legs) ? legs : []).flatMap((leg: unknown, i) => {
      const name = valueAt(leg, '/leg');
      const pointer = childPointer('/path', i, 'leg');
      const given = { kind: 'leg' as const, pointer, part: 'value' as const };
      return typeof name === 'string' ? [{ ...given, name }] : [];
    }),
  ];
}

/** Where the letters of a name stand in what is written at a place. */
function letters(
  document: SpecDocument,
  { name, pointer, part }: Pick<NameUse, 'name' | 'pointer' | 'part'>,
  written: string,
): Pick<NameUse, 'span' | 'literal'> {
  const whole = document.innerSpan(pointer, part);
  const literal = document.text.slice(...whole) === written;
  return { literal, span: literal ? [whole[0], whole[0] + name.length] : whole };
}
