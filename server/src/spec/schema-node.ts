/** The experiment schema as data: what hovers, completion and messages say comes from here. */
import experimentSchema from '../../../schemas/experiment.schema.json';
import { childPointer, pointerSegments } from './json-pointer';

/** The keywords of JSON Schema that the experiment schema uses. */
export interface SchemaNode {
  $ref?: string;
  title?: string;
  description?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  default?: unknown;
  examples?: unknown[];
  properties?: Record<string, SchemaNode>;
  required?: string[];
  additionalProperties?: boolean | SchemaNode;
  items?: SchemaNode;
  oneOf?: SchemaNode[];
  discriminator?: { propertyName: string };
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  minItems?: number;
  propertyNames?: SchemaNode;
  pattern?: string;
  maxLength?: number;
  $defs?: Record<string, SchemaNode>;
  'x-unit'?: string;
  'x-ref'?: 'data' | 'leg' | 'weight';
  'x-path'?: string;
  /** Keys that are written along with the required ones where a mapping is filled in. */
  'x-snippet'?: string[];
  /** A text of this form stands for the mapping that has it under this key. */
  'x-short-for'?: string;
  deprecated?: boolean;
  /** Of what is deprecated: the key or variant to write instead. */
  'x-replaced-by'?: string;
}

export const rootNode: SchemaNode = experimentSchema as SchemaNode;

/** The schema never changes, and is asked for each word of a spec. */
const resolvedNodes = new WeakMap<SchemaNode, SchemaNode>();
const knownVariants = new WeakMap<SchemaNode, Variants>();

/** A node with its reference followed; what stands beside the reference wins. */
export function resolveNode(node: SchemaNode): SchemaNode {
  if (!node.$ref) return node;
  const known = resolvedNodes.get(node);
  if (known) return known;
  const { $ref, ...own } = node;
  const target = rootNode.$defs?.[$ref.replace('#/$defs/', '')] ?? {};
  const resolved = { ...resolveNode(target), ...own };
  resolvedNodes.set(node, resolved);
  return resolved;
}

/** The alternatives of a node that a key (`type`, `format`, ...) tells apart. */
export interface Variants {
  /** The key that tells them apart. */
  key: string;
  nodes: { name: string; node: SchemaNode }[];
}

/** The variants of a node, or undefined where it has only one form. */
export function variantsOf(node: SchemaNode): Variants | undefined {
  const resolved = resolveNode(node);
  const key = resolved.discriminator?.propertyName;
  if (!key) return undefined;
  const known = knownVariants.get(resolved);
  if (known) return known;
  const nodes = (resolved.oneOf ?? []).map((branch) => {
    const variant = resolveNode(branch);
    return { name: String(resolveNode(variant.properties?.[key] ?? {}).const), node: variant };
  });
  const variants = { key, nodes };
  knownVariants.set(resolved, variants);
  return variants;
}

/** The form of a node that applies to a value: its variant where that is named, the node itself where not. */
export function formOf(node: SchemaNode, value: unknown): SchemaNode {
  const resolved = resolveNode(node);
  const variants = variantsOf(resolved);
  if (variants) {
    const name = isRecord(value) ? value[variants.key] : undefined;
    return variants.nodes.find((variant) => variant.name === name)?.node ?? resolved;
  }
  return formByType(resolved, value);
}

/** `oneOf` without a discriminator: the branch whose type the value has. */
function formByType(node: SchemaNode, value: unknown): SchemaNode {
  const branch = node.oneOf?.map(resolveNode).find(({ type }) => type === jsonType(value));
  if (!branch) return node;
  return variantsOf(branch) ? formOf(branch, value) : { ...node, ...branch };
}

/** What the schema says of one place in a spec. */
export interface SchemaPlace {
  /** The form that applies to the value there. */
  node: SchemaNode;
  /** The node before its variant was chosen. */
  declared: SchemaNode;
  /** Whether the mapping around it must have it. */
  required: boolean;
}

/** What the schema says of a place, given the spec's value around it; undefined for unknown keys. */
export function schemaAt(pointer: string, root: unknown): SchemaPlace | undefined {
  let place: SchemaPlace = { node: rootNode, declared: rootNode, required: true };
  let value = root;
  for (const segment of pointerSegments(pointer)) {
    const next = step(place.node, segment);
    if (!next) return undefined;
    value = isRecord(value) || Array.isArray(value) ? ownValue(value, segment) : undefined;
    const required = place.node.required?.includes(segment) ?? false;
    place = { node: formOf(next, value), declared: declaredFor(next, value), required };
  }
  return place;
}

/** Where a name may stand for a mapping and does not, the mapping is what was declared. */
function declaredFor(node: SchemaNode, value: unknown): SchemaNode {
  const resolved = resolveNode(node);
  if (!isRecord(value) || resolved.discriminator) return resolved;
  return resolved.oneOf?.map(resolveNode).find((branch) => variantsOf(branch)) ?? resolved;
}

function step(node: SchemaNode, segment: string): SchemaNode | undefined {
  const properties = node.properties ?? {};
  if (Object.hasOwn(properties, segment)) return properties[segment];
  const variants = variantsOf(node);
  if (variants) return variants.key === segment ? discriminatorNode(node, variants) : undefined;
  if (typeof node.additionalProperties === 'object') return node.additionalProperties;
  const list = node.items ? node : node.oneOf?.map(resolveNode).find(({ items }) => items);
  return list?.items && /^\d+$/.test(segment) ? list.items : undefined;
}

/** The key that tells variants apart, while it is not known which variant is meant. */
export function discriminatorNode(node: SchemaNode, variants: Variants): SchemaNode {
  return {
    ...(node.description !== undefined && { description: node.description }),
    enum: variants.nodes.map(({ name }) => name),
  };
}

/** The keys that a mapping of this form can have; while the variant is open, only the key that chooses it. */
export function keysOf(node: SchemaNode): string[] {
  const variants = variantsOf(node);
  if (variants) return [variants.key];
  return Object.keys(node.properties ?? {});
}

/** What the schema says of each place of a spec, by pointer, in the order of the text. Unknown keys are left out. */
export function placesIn(root: unknown, schema = rootNode): Map<string, SchemaPlace> {
  const places = new Map<string, SchemaPlace>();
  visitPlaces(root, (pointer, place) => places.set(pointer, place), schema);
  return places;
}

function visitPlaces(
  root: unknown,
  see: (pointer: string, place: SchemaPlace, value: unknown) => void,
  schema = rootNode,
): void {
  const visit = (place: SchemaPlace, value: unknown, pointer: string): void => {
    see(pointer, place, value);
    if (!isRecord(value) && !Array.isArray(value)) return;
    for (const [key, child] of Object.entries(value)) {
      const next = step(place.node, key);
      if (!next) continue;
      const required = place.node.required?.includes(key) ?? false;
      const below = { node: formOf(next, child), declared: resolveNode(next), required };
      visit(below, child, childPointer(pointer, key));
    }
  };
  visit({ node: schema, declared: schema, required: true }, root, '');
}

/** All places of a spec that are a file path, as pointers with their text. */
export function pathsIn(root: unknown): { pointer: string; path: string }[] {
  return textsIn(root).flatMap(({ pointer, text, node }) =>
    node['x-path'] ? [{ pointer, path: text }] : [],
  );
}

/** All places of a spec that refer to a name (`x-ref`), as pointers with the name and what it is a name of. */
export function refsIn(root: unknown): { pointer: string; name: string; kind: string }[] {
  return textsIn(root).flatMap(({ pointer, text, node }) =>
    node['x-ref'] ? [{ pointer, name: text, kind: node['x-ref'] }] : [],
  );
}

/** The values of a spec that are texts, with what the schema says of each. */
function textsIn(root: unknown): { pointer: string; text: string; node: SchemaNode }[] {
  const found: { pointer: string; text: string; node: SchemaNode }[] = [];
  visitPlaces(root, (pointer, { node }, value) => {
    if (typeof value === 'string') found.push({ pointer, text: value, node });
  });
  return found;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const ownValue = (value: object, key: string): unknown =>
  Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;

function jsonType(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (value === null) return 'null';
  if (Number.isInteger(value)) return 'integer';
  return typeof value;
}
