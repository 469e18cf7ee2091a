/** Finds everything that means the same as the name under the cursor. */
import { DocumentHighlightKind } from 'vscode-languageserver';
import type { DocumentHighlight, Location } from 'vscode-languageserver';
import type { SpecDocument } from '../spec/spec-document';
import { nameAt, usesOf } from './names';

/** The places that refer to a name, with or without those that give it. */
export function references(
  document: SpecDocument,
  offset: number,
  includeDeclaration: boolean,
): Location[] {
  const name = nameAt(document, offset);
  if (!name) return [];
  return usesOf(document, name)
    .filter(({ isDefinition }) => includeDeclaration || !isDefinition)
    .map(({ span }) => ({ uri: document.uri, range: document.range(span) }));
}

/** All places of a name; null where there is none, so that editors look for equal words instead. */
export function documentHighlights(
  document: SpecDocument,
  offset: number,
): DocumentHighlight[] | null {
  const name = nameAt(document, offset);
  if (!name) return null;
  return usesOf(document, name).map(({ span, isDefinition }) => ({
    range: document.range(span),
    kind: isDefinition ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
  }));
}
