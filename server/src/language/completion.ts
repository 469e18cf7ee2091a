/** What can be written at the cursor, with documentation. */
import { CompletionItemKind, InsertTextFormat } from 'vscode-languageserver';
import type { CompletionItem, Range } from 'vscode-languageserver';
import type { NetworkFacts } from '../engine/network/describe-network';
import { checkSchema } from '../spec/schema';
import { keysOf, schemaAt, variantsOf, resolveNode } from '../spec/schema-node';
import type { SchemaNode } from '../spec/schema-node';
import { dataToName, keptParts } from '../spec/rules/known-data';
import { legsToName, moments } from '../spec/rules/known-legs';
import { lastSegment, parentPointer, childPointer, valueAt } from '../spec/json-pointer';
import type { SpecDocument } from '../spec/spec-document';
import { factsOf } from '../spec/spec-facts';
import { weightNames } from '../spec/weight-names';
import { plural } from '../spec/words';
import { completionPlaces, siblingPointer } from './completion-place';
import type { CompletionPlace } from './completion-place';
import { keyDocs, typeText, variantDocs } from './schema-docs';
import { keySnippet, missingKeysSnippet, Stops, variantSnippet } from './snippets';

/**
 * The completions at an offset: required keys first, then the optional ones; or the values that fit.
 * @param network what is known of the spec's network, for the names of its weights
 */
export function completion(
  document: SpecDocument,
  offset: number,
  network?: NetworkFacts,
): CompletionItem[] {
  if (document.text.trim() === '') return [wholeSpec(document, offset)];
  for (const place of completionPlaces(document, offset)) {
    const proposals = place.kind === 'key' ? keyProposals(place) : valueProposals(place, network);
    if (proposals.length > 0) return itemsOf(proposals, document.range(place.replace));
  }
  return [];
}

function itemsOf(proposals: readonly Proposal[], range: Range): CompletionItem[] {
  return proposals.map(({ insert, ...item }, i) => ({
    ...item,
    sortText: String(i).padStart(3, '0'),
    insertTextFormat: InsertTextFormat.Snippet,
    textEdit: { range, newText: insert },
  }));
}

/** A completion that does not know yet which text it replaces. */
type Proposal = Pick<CompletionItem, 'label' | 'kind' | 'detail' | 'documentation'> & {
  insert: string;
};

const markdown = (value: string) => ({ kind: 'markdown' as const, value });

function keyProposals(place: CompletionPlace): Proposal[] {
  const node = schemaAt(place.pointer, place.root)?.node;
  if (!node) return [];
  const required = (key: string) => (node.required?.includes(key) ? 0 : 1);
  const keys = keysOf(node)
    .filter((key) => !place.present.includes(key) && !isOld(node.properties?.[key]))
    .sort((a, b) => required(a) - required(b));
  return keys.flatMap((key) => keyProposal(key, node, place));
}

/** What is deprecated still works, but nobody is to begin with it. */
const isOld = (node: SchemaNode | undefined): boolean =>
  node !== undefined && resolveNode(node).deprecated === true;

function keyProposal(key: string, parent: SchemaNode, place: CompletionPlace): Proposal[] {
  const schema = schemaAt(childPointer(place.pointer, key), place.root);
  if (!schema) return [];
  const must = parent.required?.includes(key) ?? false;
  const snippet = keySnippet(key, schema.declared, new Stops(), place.indent, place.flow);
  return [
    {
      label: key,
      kind: CompletionItemKind.Property,
      detail: [typeText(schema.declared), must ? 'required' : ''].filter(Boolean).join(' · '),
      documentation: markdown(keyDocs(key, schema)),
      insert: place.hasColon ? key : snippet,
    },
  ];
}

function valueProposals(place: CompletionPlace, network?: NetworkFacts): Proposal[] {
  const schema = schemaAt(place.pointer, place.root);
  if (!schema) return [];
  const { node, declared } = schema;
  const own = variantsOf(declared);
  if (own)
    return own.nodes
      .filter(({ node: variant }) => !isOld(variant))
      .map((variant) => ({
        ...variantProposal(variant.name, variant.node),
        insert: variantSnippet(own.key, variant.name, variant.node),
      }));
  return [
    ...discriminatorProposals(place),
    ...references(declared, place),
    ...weights(node, place, network),
    ...choices(node, place),
  ];
}

const variantProposal = (name: string, node: SchemaNode) => ({
  label: name,
  kind: CompletionItemKind.EnumMember,
  documentation: markdown(variantDocs(name, node)),
});

/** The values of the key that chooses a variant bring the keys that the variant needs. */
function discriminatorProposals(place: CompletionPlace): Proposal[] {
  const parent = schemaAt(parentPointer(place.pointer), place.root)?.declared;
  const variants = parent && variantsOf(parent);
  if (!variants || variants.key !== lastSegment(place.pointer)) return [];
  const siblings = valueAt(place.root, parentPointer(place.pointer));
  const present = Object.keys(siblings ?? {});
  const offered = variants.nodes.filter(({ node }) => !isOld(node));
  return offered.map(({ name, node }) => ({
    ...variantProposal(name, node),
    insert: name + missingKeysSnippet(node, present, place.indent, place.flow),
  }));
}

/** Names that the spec itself defines. */
function references(declared: SchemaNode, place: CompletionPlace): Proposal[] {
  const kinds = [declared, ...(declared.oneOf ?? []).map(resolveNode)];
  const facts = factsOf(checkSchema(place.root ?? {}).resolved);
  const named = (names: string[], detail: string): Proposal[] =>
    names.map((name) => ({
      label: name,
      kind: CompletionItemKind.Reference,
      detail,
      insert: name,
    }));
  if (kinds.some((kind) => kind['x-ref'] === 'leg'))
    return [...named(moments, 'moment of the path'), ...named(legsToName(facts), 'leg')];
  if (!kinds.some((kind) => kind['x-ref'] === 'data')) return [];
  const sets = named(dataToName(facts, place.pointer), 'data set');
  const distance = valueAt(place.root, siblingPointer(place, 'metric')) === 'output_distance';
  return distance ? [...sets, ...named(keptParts, 'of the kept data')] : sets;
}

/** Names of layers and weights; those that the list has already are left out. */
function weights(node: SchemaNode, place: CompletionPlace, network?: NetworkFacts): Proposal[] {
  if (node['x-ref'] !== 'weight' || !network) return [];
  const list = valueAt(place.root, parentPointer(place.pointer));
  const had: unknown[] = Array.isArray(list) ? list : [];
  return weightNames(network)
    .filter(({ name }) => !had.includes(name))
    .map(({ name, arrays, size }) => ({
      label: name,
      kind: CompletionItemKind.Reference,
      detail: `${plural(size, 'weight')}${arrays > 1 ? ` in ${arrays} matrices` : ''}`,
      insert: name,
    }));
}

function choices(node: SchemaNode, place: CompletionPlace): Proposal[] {
  const parent = schemaAt(parentPointer(place.pointer), place.root)?.declared;
  if (parent && variantsOf(parent)?.key === lastSegment(place.pointer)) return [];
  const values =
    node.enum ??
    (node.const !== undefined ? [node.const] : node.type === 'boolean' ? [true, false] : []);
  return values.map((value) => ({
    label: String(value),
    kind: CompletionItemKind.Value,
    ...(value === node.default && { detail: 'default' }),
    insert: String(value),
  }));
}

/** In an empty file: a whole experiment to fill in. */
function wholeSpec(document: SpecDocument, offset: number): CompletionItem {
  const at = document.positionAt(offset);
  return {
    label: 'fip: 1',
    kind: CompletionItemKind.Snippet,
    detail: 'a whole experiment',
    documentation: markdown(
      'An experiment that trains a small network on glyphs and makes it sparse.',
    ),
    insertTextFormat: InsertTextFormat.Snippet,
    textEdit: { range: { start: at, end: at }, newText: template },
  };
}

const template = `fip: 1
name: \${1:sparsify-glyphs}
data:
  glyphs: {format: glyphs}
model: {architecture: mlp, hidden: [300, 100], classes: 10}
start:
  train: {on: glyphs, epochs: 10}
path:
  - leg: prune
    objective: {type: sparsify, target: \${2:0.8}}
    keep: {on: glyphs, memory: 1000}
    solver: {type: geodesic, steps: \${3:40}}
expect:
  - {metric: accuracy, on: glyphs, at_least: \${4:0.9}}
`;
