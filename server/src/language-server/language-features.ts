/** Wires the features of language/ to the requests of the Language Server Protocol. */
import type { Connection } from 'vscode-languageserver';
import { codeActions } from '../language/code-actions';
import { codeLenses } from '../language/code-lenses';
import { completion } from '../language/completion';
import { documentSymbols } from '../language/document-symbols';
import { inlayHints } from '../language/inlay-hints';
import { pathCompletion } from '../language/path-completion';
import { lspDiagnostic } from '../language/lsp-diagnostics';
import { makeAnswering } from './answering';
import { validationSource } from './diagnostics';
import { offerHovers } from './hover-feature';
import type { HoverSources } from './hover-feature';
import { listFolder } from './list-folder';
import { offerNameFeatures } from './name-features';
import type { OpenSpecs } from './open-specs';
import type { Safely } from './safely';
import type { Runs } from './spec-runs';
import { offerTextFeatures } from './text-features';

/** Registers all features of the editor. A fault in one answers nothing. */
export function offerLanguageFeatures(
  connection: Connection,
  specs: OpenSpecs,
  runs: Runs,
  safely: Safely,
  sources: Pick<HoverSources, 'richHovers' | 'probe'>,
): void {
  const answering = makeAnswering(specs, runs, safely);
  offerNameFeatures(connection, answering);
  offerTextFeatures(connection, answering, specs);
  offerHovers(connection, answering, { ...sources, specs, safely });
  connection.onCompletion(
    answering('Completion', [], async ({ document, network }, { position }) => {
      const offset = document.offsetAt(position);
      const places = specs.places(document.uri);
      const files = places
        ? await pathCompletion(document, offset, (path) => listFolder(path, places))
        : [];
      return [...completion(document, offset, network), ...files];
    }),
  );
  connection.languages.inlayHint.on(
    answering('Inlay hints', [], (checked, _params, run) => inlayHints(checked, run)),
  );
  connection.onCodeLens(
    answering('Code lenses', [], (checked, _params, run) => codeLenses(checked, run)),
  );
  connection.onDocumentSymbol(answering('Document symbols', [], documentSymbols));
  connection.onCodeAction(
    answering('Code actions', [], ({ document, diagnostics }, { range }) =>
      codeActions(document, diagnostics, range, (found) =>
        lspDiagnostic(found, document.uri, validationSource),
      ),
    ),
  );
}
