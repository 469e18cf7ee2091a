/** Checks the files that a spec names: that they lie where specs may read, exist, and begin as their format says. */
import { stat } from 'node:fs/promises';
import { publicDataAt } from '../engine/data/inspect/public-data';
import type { Data } from './experiment';
import type { DataInspector, DataKnowledge } from './data-inspector';
import { parentPointer } from './json-pointer';
import { isInside, resolveDataPath } from './resolve-path';
import type { PathPlaces } from './resolve-path';
import { pathsIn } from './schema-node';
import { specError } from './spec-diagnostic';
import type { SpecDiagnostic } from './spec-diagnostic';
import type { SpecDocument } from './spec-document';
import type { SourceFact, SpecFacts } from './spec-facts';
import { knownOf } from './task-knowledge';
import { shown } from './words';

export interface FilePlaces extends PathPlaces {
  /** Folders that specs may read from, besides their own and the data root. */
  workspaceRoots: readonly string[];
}

export interface FileCheck {
  diagnostics: SpecDiagnostic[];
  known: Map<string, DataKnowledge>;
}

/**
 * Looks at the files of a spec. `invalid` says whether a place of the spec already has an error: its files are left
 * alone. Without places (a spec that was never saved) only data that needs no files is known.
 */
export async function checkFiles(
  document: SpecDocument,
  resolved: unknown,
  facts: SpecFacts,
  inspector: DataInspector,
  places: FilePlaces | undefined,
  invalid: (pointer: string) => boolean,
): Promise<FileCheck> {
  const outside = places ? outsidePaths(document, resolved, places) : [];
  const refused = (pointer: string) =>
    invalid(pointer) || outside.some((path) => path.pointer.startsWith(`${pointer}/`));
  const resolve = (path: string) => (places ? resolveDataPath(path, places) : path);
  const diagnostics = outside.map(({ diagnostic }) => diagnostic);
  const known = new Map<string, DataKnowledge>();
  for (const data of facts.sources) {
    const needsFiles = pathsIn({ data: { [data.name]: data.value } }).length > 0;
    if (refused(data.pointer) || (needsFiles && !places)) continue;
    diagnostics.push(...(await inspect(document, data, inspector, resolve)));
    const knowledge = await inspector.dataFacts(data.value as unknown as Data, resolve);
    for (const [name, facts] of knownOf(data, knowledge)) known.set(name, facts);
  }
  const weights = pathsIn(resolved).filter(({ pointer }) => !pointer.startsWith('/data/'));
  for (const file of weights)
    if (places && !refused(parentPointer(file.pointer)))
      diagnostics.push(...(await fileThere(document, file, resolve)));
  return { diagnostics, known };
}

/** The absolute path of a file that a spec names, if it lies where specs may read; whether it exists is not checked. */
export function readable(path: string, places: FilePlaces): string | undefined {
  const target = resolveDataPath(path, places);
  return readableFolders(places).some((folder) => isInside(target, folder)) ? target : undefined;
}

/** The folders that a spec may read from, with all below them. */
export function readableFolders({ specDirectory, dataRoot, workspaceRoots }: FilePlaces): string[] {
  return [specDirectory, ...(dataRoot ? [dataRoot] : []), ...workspaceRoots];
}

interface OutsidePath {
  pointer: string;
  diagnostic: SpecDiagnostic;
}

function outsidePaths(
  document: SpecDocument,
  resolved: unknown,
  places: FilePlaces,
): OutsidePath[] {
  return pathsIn(resolved).flatMap(({ pointer, path }) => {
    if (readable(path, places) !== undefined) return [];
    const message = `\`${shown(path)}\` lies outside the workspace, the folder of the spec and the data root, so it is not read. Move the file, or set \`fip.dataRoot\` (\`--data-root\`) to its folder.`;
    return [
      { pointer, diagnostic: specError('fip/path-outside', document.rangeOf(pointer), message) },
    ];
  });
}

async function inspect(
  document: SpecDocument,
  data: SourceFact,
  inspector: DataInspector,
  resolve: (path: string) => string,
): Promise<SpecDiagnostic[]> {
  const findings = await inspector.inspectData(data.value as unknown as Data, resolve);
  return findings.map(({ pointer, code, message, severity }) => ({
    range: document.rangeOf(data.pointer + pointer, 'focus'),
    severity,
    code,
    message,
  }));
}

async function fileThere(
  document: SpecDocument,
  { pointer, path }: { pointer: string; path: string },
  resolve: (path: string) => string,
): Promise<SpecDiagnostic[]> {
  // A network may be a folder.
  const isThere = await stat(resolve(path)).then(
    (found) => found.isFile() || found.isDirectory(),
    () => false,
  );
  if (isThere) return [];
  const published = publicDataAt(path);
  const fetched =
    published === undefined
      ? ''
      : `\`fip data get ${published}\` in a terminal fetches it into the data root; or check the path.`;
  const message = `There is no file or folder \`${shown(path)}\`: neither under the data root, if one is set, nor beside the spec. ${fetched || 'Check the path.'}`;
  return [specError('fip/file-missing', document.rangeOf(pointer), message)];
}
