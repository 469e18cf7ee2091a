/**
 * Keys and variants that have another name by now. The schema keeps the old one, with `deprecated: true` and
 * `x-replaced-by` where there is a new name: specs go on running, and editors offer the change.
 */
import { childPointer, lastSegment, parentPointer, valueAt } from './json-pointer';
import { placesIn, rootNode, variantsOf } from './schema-node';
import type { SchemaNode, SchemaPlace } from './schema-node';
import { specError } from './spec-diagnostic';
import type { SpecDiagnostic } from './spec-diagnostic';
import type { SpecDocument } from './spec-document';

/** A warning for each deprecated key and variant in a spec. */
export function deprecatedKeys(
  document: SpecDocument,
  schema: SchemaNode = rootNode,
): SpecDiagnostic[] {
  if (!hasDeprecated(schema)) return [];
  const places = [...placesIn(document.value ?? {}, schema)];
  return places.flatMap(([pointer, place]) => [
    ...oldKey(document, pointer, place),
    ...oldVariant(document, pointer, place),
  ]);
}

/** Most schemas have none, and specs are checked at every keystroke. */
const searched = new WeakMap<SchemaNode, boolean>();

function hasDeprecated(schema: SchemaNode): boolean {
  const known = searched.get(schema) ?? JSON.stringify(schema).includes('"deprecated":true');
  searched.set(schema, known);
  return known;
}

function oldKey(document: SpecDocument, pointer: string, { declared }: SchemaPlace) {
  if (!declared.deprecated || pointer === '') return [];
  const name = lastSegment(pointer);
  const now = declared['x-replaced-by'];
  const isThere = now !== undefined && document.has(childPointer(parentPointer(pointer), now));
  return [finding(document, pointer, 'key', { name, now, isThere })];
}

function oldVariant(document: SpecDocument, pointer: string, { node, declared }: SchemaPlace) {
  const key = variantsOf(declared)?.key;
  if (key === undefined || node === declared || !node.deprecated) return [];
  const name = String(valueAt(document.value, childPointer(pointer, key)));
  const now = node['x-replaced-by'];
  return [finding(document, childPointer(pointer, key), 'value', { name, now, isThere: false })];
}

interface Old {
  name: string;
  now: string | undefined;
  /** Whether the new name is there already. */
  isThere: boolean;
}

function finding(
  document: SpecDocument,
  pointer: string,
  part: 'key' | 'value',
  { name, now, isThere }: Old,
): SpecDiagnostic {
  const advice =
    now === undefined
      ? 'It will go; remove it'
      : isThere
        ? `\`${now}\` is there already; remove it`
        : `Write \`${now}\``;
  const message = `\`${name}\` is deprecated. ${advice}.`;
  const fix = now !== undefined && !isThere && { title: `Change to \`${now}\``, newText: now };
  return specError('fip/deprecated-key', document.rangeOf(pointer, part), message, {
    severity: 'warning',
    deprecated: true,
    ...(fix && { fix }),
  });
}
