/** The names that a spec gives to its data sets and legs, and everywhere it refers to them. */
import { childPointer, valueAt } from '../spec/json-pointer';
import { isRecord, refsIn } from '../spec/schema-node';
import type { Span, SpecDocument } from '../spec/spec-document';

export type NameKind = 'data' | 'leg';

/** A place where a name is written. */
export interface NameUse {
  kind: NameKind;
  /** The name of what is meant; for a derived name (see `namesIn`), that of what it comes from. */
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
  /** What the value says around the name, where an alias or escapes say it in other letters: the span is all of it. */
  around?: readonly [before: string, after: string];
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
      ...letters(document, found, found.name, 0),
    }));
  const references = refsIn(document.value).flatMap(({ kind, name: text, pointer }) => {
    if (!isNameKind(kind) || document.isAliased(pointer)) return [];
    return defined.namesIn(kind, text).map(({ at, ...name }) => {
      const use = { ...name, pointer, part: 'value' as const, isDefinition: false };
      return { ...use, ...letters(document, use, text, at) };
    });
  });
  return [...given, ...references];
}

/** The name under the cursor, if there is one. */
export function nameAt(document: SpecDocument, offset: number): NameUse | undefined {
  const place = document.pointerAt(offset);
  const here = nameUses(document).filter(
    ({ pointer, part }) => pointer === place?.pointer && place.isKey === (part === 'key'),
  );
  return here.find(({ span: [start, end] }) => start <= offset && offset <= end) ?? here[0];
}

/** All places that mean the same as a name, its definitions first. */
export function usesOf(document: SpecDocument, { kind, name }: Name): NameUse[] {
  return nameUses(document).filter((use) => use.kind === kind && use.name === name);
}

/** A name within a text, and where it starts there. */
type NameInText = Name & Pick<NameUse, 'isDefined'> & { at: number };

/** The names that a spec defines, and what a reference means among them. */
export interface DefinedNames {
  names(kind: NameKind): string[];
  /**
   * The names in the text of a reference: itself, or what it derives from. A data set with `tasks` gives `mnist-1`,
   * `mnist-2`, ...; a leg that learns several tasks has parts called `LEG:DATA`, with two names in them.
   */
  namesIn(kind: NameKind, text: string): NameInText[];
}

export function definedNames(root: unknown): DefinedNames {
  const all = definitionsIn(root);
  const named = (kind: NameKind) =>
    new Set(all.flatMap((found) => (found.kind === kind ? [found.name] : [])));
  const names = { data: named('data'), leg: named('leg') };
  const hasTasks = (data: string) =>
    valueAt(root, childPointer('/data', data, 'tasks')) !== undefined;
  const dataIn = (text: string, at: number): NameInText => {
    const source = /^(.+)-\d+$/.exec(text)?.[1];
    const isTask = !names.data.has(text) && source !== undefined && hasTasks(source);
    const name = isTask ? source : text;
    return { kind: 'data', name, at, isDefined: names.data.has(name) };
  };
  const legsIn = (text: string): NameInText[] => {
    const [name = '', task] = names.leg.has(text) ? [text] : text.split(/:(.*)/s, 2);
    const leg: NameInText = { kind: 'leg', name, at: 0, isDefined: names.leg.has(name) };
    return task === undefined ? [leg] : [leg, dataIn(task, name.length + 1)];
  };
  return {
    names: (kind) => [...names[kind]],
    namesIn: (kind, text) => (kind === 'leg' ? legsIn(text) : [dataIn(text, 0)]),
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

/** Where the letters of a name stand in the text of a value or key, in which the name starts at `at`. */
function letters(
  document: SpecDocument,
  { name, pointer, part }: Pick<NameUse, 'name' | 'pointer' | 'part'>,
  text: string,
  at: number,
): Pick<NameUse, 'span' | 'around'> {
  const whole = document.innerSpan(pointer, part);
  if (document.text.slice(...whole) === text)
    return { span: [whole[0] + at, whole[0] + at + name.length] };
  return { span: whole, around: [text.slice(0, at), text.slice(at + name.length)] };
}
