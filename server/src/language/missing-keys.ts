/** Writes the keys that a mapping lacks. */
import type { TextEdit } from 'vscode-languageserver';
import { lastSegment, parentPointer } from '../spec/json-pointer';
import { resolveNode, schemaAt } from '../spec/schema-node';
import type { SchemaNode } from '../spec/schema-node';
import type { SpecDocument } from '../spec/spec-document';
import { addKeys, indentOf, isFlow } from './key-edits';
import { definedNames } from './names';
import { keySnippet, plainSnippet, Stops } from './snippets';

/** The edit that adds missing keys of one mapping, each with the value that a user would most likely write. */
export function addMissingKeys(
  document: SpecDocument,
  missing: readonly string[],
): TextEdit | undefined {
  const mapping = parentPointer(missing[0] ?? '');
  const flow = isFlow(document, mapping);
  const indent = flow ? '' : indentOf(document, mapping);
  const texts = missing.map((pointer) => {
    const key = lastSegment(pointer);
    const node = schemaAt(pointer, document.value)?.declared ?? {};
    const name = firstName(document, node);
    if (name !== undefined) return `${key}: ${name}`;
    return plainSnippet(keySnippet(key, node, new Stops(), indent, flow));
  });
  return addKeys(document, mapping, texts);
}

/** Where a name is wanted, the first that the spec defines is a better guess than the schema's example. */
function firstName(document: SpecDocument, node: SchemaNode): string | undefined {
  const kinds = [node, ...(node.oneOf ?? []).map(resolveNode)].map((form) => form['x-ref']);
  const kind = kinds.find((found) => found === 'data' || found === 'leg');
  return kind && definedNames(document.value).names(kind)[0];
}
