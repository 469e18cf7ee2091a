/** Wires the features of language/ to the requests of the Language Server Protocol. */
import type { Connection } from 'vscode-languageserver';
import { codeActions } from '../language/code-actions';
import { codeLenses } from '../language/code-lenses';
import { completion } from '../language/completion';
import { dataAt } from '../language/data-at';
import { documentSymbols } from '../language/document-symbols';
import { hover } from '../language/hover';
import { inlayHints } from '../language/inlay-hints';
import { pathCompletion } from '../language/path-completion';
import { lspDiagnostic } from '../language/lsp-diagnostics';
import type { ShownPreview } from '../language/preview-docs';
import type { CheckedSpec } from '../spec/check-spec';
import { makeAnswering } from './answering';
import { validationSource } from './diagnostics';
import { listFolder } from './list-folder';
import { offerNameFeatures } from './name-features';
import type { OpenSpecs } from './open-specs';
import { previewOf } from './preview-of';
import type { Safely } from './safely';
import type { Runs } from './spec-runs';
import { offerTextFeatures } from './text-features';

/** Registers all features of the editor. A fault in one answers nothing. */
export function offerLanguageFeatures(
  connection: Connection,
  specs: OpenSpecs,
  runs: Runs,
  safely: Safely,
  richHovers: () => boolean,
): void {
  const answering = makeAnswering(specs, runs, safely);
  const look = async (checked: CheckedSpec, name: string): Promise<ShownPreview | undefined> => {
    const places = specs.places(checked.document.uri);
    const preview = await safely('Preview', undefined, () => previewOf(checked, name, places));
    return preview && { ...preview, withImages: richHovers() };
  };
  offerNameFeatures(connection, answering);
  offerTextFeatures(connection, answering, specs);
  connection.onHover(
    answering('Hover', null, async (checked, { position }, run) => {
      const { document } = checked;
      const offset = document.offsetAt(position);
      const data = dataAt(checked, offset);
      const preview = data === undefined ? undefined : await look(checked, data);
      return hover(checked, offset, run, { preview, runsCommands: richHovers() });
    }),
  );
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
