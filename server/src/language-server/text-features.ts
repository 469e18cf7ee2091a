/** Wires what shows and shapes the text of a spec to the requests of the Language Server Protocol. */
import { stat } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import type { Connection } from 'vscode-languageserver';
import { documentLinks } from '../language/document-links';
import { foldingRanges } from '../language/folding-ranges';
import { formatting } from '../language/formatting';
import { selectionRange } from '../language/selection-ranges';
import { semanticTokens } from '../language/semantic-tokens';
import { readable } from '../spec/check-files';
import type { Answering } from './answering';
import type { OpenSpecs } from './open-specs';

/** Registers folding, selection, colours, links and formatting. */
export function offerTextFeatures(
  connection: Connection,
  answering: Answering,
  specs: OpenSpecs,
): void {
  connection.onFoldingRanges(answering('Folding', [], ({ document }) => foldingRanges(document)));
  connection.onSelectionRanges(
    answering('Selection', [], ({ document }, { positions }) =>
      positions.map((position) => selectionRange(document, document.offsetAt(position))),
    ),
  );
  connection.languages.semanticTokens.on(
    answering('Semantic tokens', { data: [] }, ({ document }) => semanticTokens(document)),
  );
  connection.languages.semanticTokens.onRange(
    answering('Semantic tokens', { data: [] }, ({ document }, { range }) =>
      semanticTokens(document, range),
    ),
  );
  connection.onDocumentLinks(
    answering('Links', [], ({ document }) =>
      documentLinks(document, (path) => findFile(specs, document.uri, path)),
    ),
  );
  connection.onDocumentFormatting(
    answering('Formatting', [], ({ document }, { options }) => formatting(document, options)),
  );
  connection.onDocumentRangeFormatting(
    answering('Formatting', [], ({ document }, { options, range }) =>
      formatting(document, options, range),
    ),
  );
}

/** The URI of a file that a spec names, if the spec may read it and it exists. */
async function findFile(specs: OpenSpecs, uri: string, path: string): Promise<string | undefined> {
  const places = specs.places(uri);
  const target = places && readable(path, places);
  if (target === undefined) return undefined;
  const isFile = await stat(target).then(
    (found) => found.isFile(),
    () => false,
  );
  return isFile ? pathToFileURL(target).href : undefined;
}
