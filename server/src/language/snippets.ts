/** Texts with stops for the tab key, made from the schema. */
import { formOf, resolveNode, variantsOf } from '../spec/schema-node';
import type { SchemaNode } from '../spec/schema-node';

/** Numbers the stops of one snippet. */
export class Stops {
  #next = 1;

  stop(text: string): string {
    return `\${${this.#next++}:${escaped(text)}}`;
  }

  choice(words: readonly string[]): string {
    return `\${${this.#next++}|${words.map((word) => escaped(word).replaceAll(',', '\\,')).join(',')}|}`;
  }
}

export const escaped = (text: string): string => text.replaceAll(/[\\$}]/g, '\\$&');

/** What a snippet leaves where nobody fills its stops in: their first choices. */
export function plainSnippet(snippet: string): string {
  return snippet
    .replaceAll(/\$\{\d+\|((?:[^\\,|]|\\.)*)(?:,(?:[^\\|]|\\.)*)?\|\}/g, '$1')
    .replaceAll(/\$\{\d+:((?:[^\\}]|\\.)*)\}/g, '$1')
    .replaceAll(/\\(.)/g, '$1');
}

/** `key: value`, the value being what a user would most likely write. */
export function keySnippet(
  key: string,
  node: SchemaNode,
  stops: Stops,
  indent: string,
  flow: boolean,
): string {
  const value = valueSnippet(node, stops, indent, flow);
  return `${key}:${value.startsWith('\n') ? '' : ' '}${value}`;
}

/** A value for a node: its choices, its default, an example, or the mapping with its required keys. */
export function valueSnippet(
  node: SchemaNode,
  stops: Stops,
  indent: string,
  flow: boolean,
): string {
  const resolved = resolveNode(node);
  const variants = variantsOf(resolved);
  if (variants) {
    const first = variants.nodes[0];
    if (variants.nodes.length === 1 && first)
      return mappingSnippet(first.node, stops, indent, flow);
    return `{${variants.key}: ${stops.choice(variants.nodes.map(({ name }) => name))}}`;
  }
  if (resolved.const !== undefined) return escaped(plain(resolved.const));
  if (resolved.enum && resolved.enum.length > 1) return stops.choice(resolved.enum.map(String));
  if (resolved.type === 'boolean') return stops.choice(booleans(resolved.default));
  if (resolved.type === 'object') return mappingSnippet(resolved, stops, indent, flow);
  if (resolved.type === 'array' && resolved.items)
    return listSnippet(resolved, stops, indent, flow);
  return stops.stop(plain(resolved.default ?? resolved.examples?.[0] ?? ''));
}

/** The default first. */
const booleans = (standard: unknown): string[] =>
  standard === true ? ['false', 'true'] : ['true', 'false'];

function mappingSnippet(node: SchemaNode, stops: Stops, indent: string, flow: boolean): string {
  const required = keysToFill(node);
  if (flow && required.length === 0) return `{${stops.stop('')}}`;
  if (flow) return `{${required.map((key) => keyOf(node, key, stops, '', true)).join(', ')}}`;
  const inner = `${indent}  `;
  if (required.length === 0) return `\n${inner}${stops.stop('')}`;
  return required.map((key) => `\n${inner}${keyOf(node, key, stops, inner, false)}`).join('');
}

function listSnippet(node: SchemaNode, stops: Stops, indent: string, flow: boolean): string {
  const item = formOf(node.items ?? {}, undefined);
  const example = node.default ?? node.examples?.[0];
  if (item.type !== 'object')
    return `[${stops.stop(Array.isArray(example) ? example.join(', ') : '')}]`;
  const keys = keysToFill(item);
  if (flow) return `[${mappingSnippet(item, stops, '', true)}]`;
  const inner = `${indent}    `;
  const lines = keys.map((key) => keyOf(item, key, stops, inner, false));
  return `\n${indent}  - ${lines.join(`\n${inner}`)}`;
}

const keysToFill = (node: SchemaNode): string[] => [
  ...(node.required ?? []),
  ...(node['x-snippet'] ?? []),
];

const keyOf = (
  node: SchemaNode,
  key: string,
  stops: Stops,
  indent: string,
  flow: boolean,
): string => keySnippet(key, node.properties?.[key] ?? {}, stops, indent, flow);

const plain = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(plain).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([key, child]) => `${key}: ${plain(child)}`)
      .join(', ')}}`;
  return String(value);
};

/** The keys that a variant needs besides those that are there, to follow the value that chose it. */
export function missingKeysSnippet(
  variant: SchemaNode,
  present: readonly string[],
  indent: string,
  flow: boolean,
): string {
  const stops = new Stops();
  const missing = keysToFill(variant).filter((key) => !present.includes(key));
  const separator = flow ? ', ' : `\n${indent}`;
  return missing.map((key) => separator + keyOf(variant, key, stops, indent, flow)).join('');
}

/** A whole mapping in braces for one variant. */
export function variantSnippet(key: string, name: string, variant: SchemaNode): string {
  return `{${key}: ${name}${missingKeysSnippet(variant, [key], '', true)}}`;
}
