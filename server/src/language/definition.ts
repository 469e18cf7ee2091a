/** Goes from a name to where it is given. */
import type { Location } from 'vscode-languageserver';
import type { SpecDocument } from '../spec/spec-document';
import { nameAt, usesOf } from './names';

/** Where the name under the cursor is given; several places where several legs have one name. */
export function definition(document: SpecDocument, offset: number): Location[] {
  const name = nameAt(document, offset);
  if (!name) return [];
  return usesOf(document, name)
    .filter(({ isDefinition }) => isDefinition)
    .map(({ span }) => ({ uri: document.uri, range: document.range(span) }));
}
