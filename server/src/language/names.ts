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
  /** Whether the name is given here. */
  isDefinition: boolean;
  /** The letters of `name`, without quotes and without what a derived name adds. */
  span: Span;
  /** Whether the span holds these very letters; an alias or a text with escapes says them in another way. */
  literal: boolean;
}

/** A name without its place. */
export type Name = Pick<NameUse, 'kind' | 'name'>;

/** All names in a spec, in no certain order. References to what is not defined are among them. */
export function nameUses(document: SpecDocument): NameUse[] {
  const definitions = definitionsIn(document.value);
  const given = definitions
    .filter(({ pointer }) => !document.isAliased(pointer))
    .map(({ kind, name, pointer }) => useAt(document, { kind, name }, name, pointer, true));
  const references = refsIn(document.value).flatMap(({ kind, name, pointer }) => {
    if (!isNameKind(kind) || document.isAliased(pointer)) return [];
    const base = baseOf(document.value, kind, name) ?? name;
    return [useAt(document, { kind, name: base }, name, pointer, false)];
  });
  return [...given, ...references];
}

/** The name under the cursor, if there is one. */
export function nameAt(document: SpecDocument, offset: number): NameUse | undefined {
  const place = document.pointerAt(offset);
  return nameUses(document).find(
    ({ pointer, kind, isDefinition }) =>
      pointer === place?.pointer && place.isKey === (isDefinition && kind === 'data'),
  );
}

/** All places that mean the same as a name, its definitions first. */
export function usesOf(document: SpecDocument, { kind, name }: Name): NameUse[] {
  return nameUses(document).filter((use) => use.kind === kind && use.name === name);
}

/** Names of a kind that the spec defines. */
export function definedNames(root: unknown, kind: NameKind): string[] {
  return definitionsIn(root).flatMap((found) => (found.kind === kind ? [found.name] : []));
}

/**
 * The defined name that a reference means: itself, or what it derives from. A data set with `tasks` gives `mnist-1`,
 * `mnist-2`, ...; a leg that walks several tasks has parts called `leg:data`. Undefined where nothing is meant.
 */
export function baseOf(root: unknown, kind: NameKind, name: string): string | undefined {
  const defined = definedNames(root, kind);
  if (defined.includes(name)) return name;
  const base = kind === 'data' ? /^(.+)-\d+$/.exec(name)?.[1] : /^([^:]+):.+$/.exec(name)?.[1];
  if (base === undefined || !defined.includes(base)) return undefined;
  const hasTasks = valueAt(root, childPointer('/data', base, 'tasks')) !== undefined;
  return kind === 'leg' || hasTasks ? base : undefined;
}

const isNameKind = (kind: string): kind is NameKind => kind === 'data' || kind === 'leg';

function definitionsIn(root: unknown): (Name & { pointer: string })[] {
  const data = valueAt(root, '/data');
  const legs = valueAt(root, '/path');
  const names = isRecord(data) ? Object.keys(data) : [];
  return [
    ...names.map((name) => ({
      kind: 'data' as const,
      name,
      pointer: childPointer('/data', name),
    })),
    ...(Array.isArray(legs) ? legs : []).flatMap((leg: unknown, i) => {
      const name = valueAt(leg, '/leg');
      const pointer = childPointer('/path', i, 'leg');
      return typeof name === 'string' ? [{ kind: 'leg' as const, name, pointer }] : [];
    }),
  ];
}

function useAt(
  document: SpecDocument,
  { kind, name }: Name,
  written: string,
  pointer: string,
  isDefinition: boolean,
): NameUse {
  const isKey = isDefinition && kind === 'data';
  const whole = document.innerSpan(pointer, isKey ? 'key' : 'value');
  const literal = document.text.slice(...whole) === written;
  const span = literal ? ([whole[0], whole[0] + name.length] as const) : whole;
  return { kind, name, pointer, isDefinition, span, literal };
}
