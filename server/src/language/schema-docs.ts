/** What the schema says of a key, as Markdown. */
import { resolveNode, variantsOf } from '../spec/schema-node';
import type { SchemaNode, SchemaPlace } from '../spec/schema-node';
import { alternatives, shown } from '../spec/words';

/** Title line, description, choices and example of a key. */
export function keyDocs(name: string, place: SchemaPlace): string {
  const { node, declared, required } = place;
  const facts = [typeText(declared), ...bounds(node), node['x-unit'] && `in ${node['x-unit']}`];
  const title = [`**\`${name}\`**`, ...facts.filter(Boolean)].join(' · ');
  const fallback = node.default === undefined ? '' : ` · default \`${code(node.default)}\``;
  const must = required && node.default === undefined ? ' · required' : '';
  return [
    title + fallback + must,
    deprecation(declared),
    declared.description ?? node.description,
    variantList(declared),
    exampleText(node),
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** What the value that chooses a variant means. */
export function variantDocs(name: string, node: SchemaNode): string {
  return [`**\`${name}\`**`, deprecation(node), node.description].filter(Boolean).join('\n\n');
}

function deprecation({ deprecated, 'x-replaced-by': now }: SchemaNode): string | undefined {
  if (!deprecated) return undefined;
  return now === undefined ? '*Deprecated.*' : `*Deprecated: write \`${now}\`.*`;
}

/** The type of a node in a word or two. */
export function typeText(node: SchemaNode): string {
  if (variantsOf(node)) return 'mapping';
  if (node.const !== undefined) return `always \`${code(node.const)}\``;
  if (node.enum) return `one of ${alternatives(node.enum.map(String))}`;
  const types = [node.type ?? node.oneOf?.map((branch) => resolveNode(branch).type) ?? []].flat(2);
  const words: Record<string, string> = {
    object: 'mapping',
    array: 'list',
    string: 'text',
    integer: 'whole number',
    boolean: '`true` or `false`',
  };
  return types.map((type) => words[type ?? ''] ?? type).join(' or ');
}

function bounds({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: SchemaNode): string[] {
  const low = exclusiveMinimum !== undefined ? `> ${exclusiveMinimum}` : `≥ ${minimum}`;
  const high = exclusiveMaximum !== undefined ? `< ${exclusiveMaximum}` : `≤ ${maximum}`;
  return [low, high].filter((bound) => !bound.includes('undefined'));
}

function variantList(node: SchemaNode): string | undefined {
  const variants = variantsOf(node);
  return variants?.nodes
    .map(
      ({ name, node: variant }) => `- \`${variants.key}: ${name}\`: ${variant.description ?? ''}`,
    )
    .join('\n');
}

function exampleText({ examples }: SchemaNode): string | undefined {
  const scalars = examples?.filter(
    (example) => typeof example !== 'object' || Array.isArray(example),
  );
  return scalars?.length
    ? `Example: ${scalars.map((example) => `\`${code(example)}\``).join(', ')}`
    : undefined;
}

const code = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`;
  return typeof value === 'object' && value !== null ? flow(value) : shown(value);
};

const flow = (value: object): string =>
  `{${Object.entries(value)
    .map(([key, child]) => `${key}: ${shown(child)}`)
    .join(', ')}}`;
