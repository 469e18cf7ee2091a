/** Proposes files and folders where a spec names a file. */
import { CompletionItemKind } from 'vscode-languageserver';
import type { CompletionItem } from 'vscode-languageserver';
import { schemaAt } from '../spec/schema-node';
import type { SchemaNode } from '../spec/schema-node';
import type { Span, SpecDocument } from '../spec/spec-document';
import { completionPlaces } from './completion-place';
import { isFlow } from './key-edits';
import { parentPointer } from '../spec/json-pointer';

export interface FolderEntry {
  name: string;
  isFolder: boolean;
}

/** What is in a folder that a path names, from where paths of the spec start; '' is where they start. */
export type ListFolder = (path: string) => Promise<FolderEntry[]>;

/** More are found sooner by typing. */
const maxEntries = 500;

/** Files and folders at an offset: those that fit the key first. None where no file is wanted. */
export async function pathCompletion(
  document: SpecDocument,
  offset: number,
  list: ListFolder,
): Promise<CompletionItem[]> {
  const place = pathPlace(document, offset);
  if (!place) return [];
  const typed = document.text.slice(place.span[0], offset);
  const folder = typed.slice(0, typed.lastIndexOf('/') + 1);
  const showsHidden = typed.slice(folder.length).startsWith('.');
  const entries = (await list(folder)).filter(({ name }) => showsHidden || !name.startsWith('.'));
  const ranked = entries
    .map((entry) => ({ ...entry, rank: rankOf(entry, place.node) }))
    .sort((a, b) => a.rank - b.rank || a.name.localeCompare(b.name, 'en', { numeric: true }));
  return ranked.slice(0, maxEntries).map(({ name, isFolder }, i) => {
    const path = folder + name + (isFolder ? '/' : '');
    return {
      label: isFolder ? `${name}/` : name,
      kind: isFolder ? CompletionItemKind.Folder : CompletionItemKind.File,
      sortText: String(i).padStart(3, '0'),
      filterText: path,
      textEdit: { range: document.range(place.span), newText: place.written(path) },
    };
  });
}

interface PathPlace {
  /** What stands there now, without quotes. */
  span: Span;
  node: SchemaNode;
  /** A path as it can be written there. */
  written(path: string): string;
}

function pathPlace(document: SpecDocument, offset: number): PathPlace | undefined {
  return writtenPath(document, offset) ?? newPath(document, offset);
}

/** The cursor is in a path. */
function writtenPath(document: SpecDocument, offset: number): PathPlace | undefined {
  const place = document.pointerAt(offset);
  if (!place || place.isKey || document.isCollection(place.pointer)) return undefined;
  const node = pathNode(place.pointer, document.value);
  const span = oneLine(document, document.innerSpan(place.pointer, 'value'));
  const quote = document.text.slice(document.spanOf(place.pointer)[0], span[0]);
  const isEmpty = span[0] === span[1] && quote === '';
  if (!node || isEmpty || offset < span[0] || offset > span[1]) return undefined;
  const flow = isFlow(document, parentPointer(place.pointer));
  return { span, node, written: (path) => (quote === '' ? quoted(path, flow) : path) };
}

/** A quote that is not closed yet takes in all that follows. */
function oneLine({ text }: SpecDocument, [start, end]: Span): Span {
  return [start, start + (/^[^\r\n]*/.exec(text.slice(start, end))?.[0].length ?? 0)];
}

/** Nothing is written yet, or too little for the text around it to be read. */
function newPath(document: SpecDocument, offset: number): PathPlace | undefined {
  const { text } = document;
  for (const place of completionPlaces(document, offset)) {
    const node = place.kind === 'value' ? pathNode(place.pointer, place.root) : undefined;
    if (!node) continue;
    const inQuotes = /["']/.test(text.charAt(place.replace[0] - 1));
    const written = (path: string) => (inQuotes ? path : quoted(path, place.flow));
    return { span: place.replace, node, written };
  }
  return undefined;
}

function pathNode(pointer: string, root: unknown): SchemaNode | undefined {
  const node = schemaAt(pointer, root)?.node;
  return node?.['x-path'] ? node : undefined;
}

/** In quotes where the letters of a path would mean something else in YAML. */
function quoted(path: string, flow: boolean): string {
  const isPlain = !/^[\s"'&*!|>%@`{}[\],#?-]|: | #|\s$|:$/.test(path);
  return isPlain && !(flow && /[[\]{},]/.test(path)) ? path : `'${path.replaceAll("'", "''")}'`;
}

/** Files like those of the key's examples, then folders, then all others. */
function rankOf({ name, isFolder }: FolderEntry, { examples = [] }: SchemaNode): number {
  if (isFolder) return 1;
  const wanted = examples.flatMap((example) => extensions(String(example)));
  return extensions(name).some((extension) => wanted.includes(extension)) ? 0 : 2;
}

/** `.csv` and `.gz` of `table.csv.gz`. */
const extensions = (name: string): string[] => name.toLowerCase().match(/\.[a-z]\w*/g) ?? [];
