/** Renames data sets and legs everywhere, or says why a name cannot be changed. */
import type { Range, WorkspaceEdit } from 'vscode-languageserver';
import { keptParts } from '../spec/rules/known-data';
import { moments } from '../spec/rules/known-legs';
import { schemaAt } from '../spec/schema-node';
import type { SpecDocument } from '../spec/spec-document';
import { shown } from '../spec/words';
import { definedNames, nameAt, usesOf } from './names';
import type { Name, NameKind, NameUse } from './names';

/** Why a name cannot be changed, as a sentence for the user. */
export class RenameRefused extends Error {}

export interface RenamePlace {
  range: Range;
  placeholder: string;
}

/** What would be renamed at an offset. Throws `RenameRefused` where nothing can be. */
export function prepareRename(document: SpecDocument, offset: number): RenamePlace {
  const use = renamable(document, offset);
  return { range: document.range(use.span), placeholder: use.name };
}

/** The edits that rename what is at an offset. Throws `RenameRefused` where that cannot be. */
export function rename(document: SpecDocument, offset: number, newName: string): WorkspaceEdit {
  const use = renamable(document, offset);
  refuseName(document, use, newName);
  const edits = usesOf(document, use).map((place) => ({
    range: document.range(place.span),
    newText: written(document, place, newName),
  }));
  return { changes: { [document.uri]: edits } };
}

const words: Record<NameKind, string> = { data: 'data set', leg: 'leg' };

function renamable(document: SpecDocument, offset: number): NameUse {
  if (document.brokenAt !== undefined) {
    const line = document.positionAt(document.brokenAt).line + 1;
    throw new RenameRefused(
      `The spec has a mistake in its YAML in line ${line}. Mend it first, so that no use of the name is missed.`,
    );
  }
  const use = nameAt(document, offset);
  if (!use) throw new RenameRefused('Only the names of data sets and legs can be renamed.');
  const { kind, name } = use;
  if (reserved[kind].includes(name))
    throw new RenameRefused(`\`${name}\` is a word of the spec language, not a name of this spec.`);
  const definitions = usesOf(document, use).filter(({ isDefinition }) => isDefinition);
  if (definitions.length === 1) return use;
  throw new RenameRefused(
    definitions.length === 0
      ? `No ${words[kind]} is called \`${shown(name)}\`, so there is nothing to rename.`
      : `Several ${words[kind]}s are called \`${shown(name)}\`. Change one by hand first: nobody can tell which of them is meant.`,
  );
}

const reserved: Record<NameKind, readonly string[]> = { data: keptParts, leg: moments };

function refuseName(document: SpecDocument, { kind, name }: Name, newName: string): void {
  const { pattern = '', maxLength = Infinity } = nameRules(kind);
  if (!new RegExp(pattern).test(newName))
    throw new RenameRefused(
      `\`${shown(newName)}\` is no name. A name starts with a letter and goes on with letters, digits, \`-\` or \`_\`.`,
    );
  if (newName.length > maxLength)
    throw new RenameRefused(`A name of a ${words[kind]} has at most ${maxLength} characters.`);
  if (reserved[kind].includes(newName))
    throw new RenameRefused(`\`${newName}\` is a word of the spec language. Take another name.`);
  if (newName === name) return;
  if (definedNames(document.value).namesIn(kind, newName)[0]?.isDefined)
    throw new RenameRefused(
      `There is a ${words[kind]} called \`${newName}\` already. Take another name.`,
    );
}

/** What the schema asks of a name. */
const nameRules = (kind: NameKind) =>
  kind === 'data'
    ? (schemaAt('/data', {})?.node.propertyNames ?? {})
    : (schemaAt('/path/0/leg', {})?.node ?? {});

/** The new name as it can stand at a place: in quotes where it would otherwise be no text. */
function written(document: SpecDocument, { span, around }: NameUse, newName: string): string {
  const isQuoted = !around && /["']/.test(document.text.charAt(span[0] - 1));
  const [before, after] = around ?? ['', ''];
  const text = before + newName + after;
  return !isQuoted && /^(true|false|null)$/i.test(text) ? `'${text}'` : text;
}
