/** Wires the features of language/ to the requests of the Language Server Protocol. */
import type { Connection } from 'vscode-languageserver';
import { codeActions } from '../language/code-actions';
import { codeLenses } from '../language/code-lenses';
import { completion } from '../language/completion';
import { documentSymbols } from '../language/document-symbols';
import { hover } from '../language/hover';
import { inlayHints } from '../language/inlay-hints';
import type { LatestRun } from '../language/latest-run';
import { lspDiagnostic } from '../language/lsp-diagnostics';
import type { CheckedSpec } from '../spec/check-spec';
import { validationSource } from './diagnostics';
import type { OpenSpecs } from './open-specs';
import type { Safely } from './safely';
import { latestRun } from './spec-runs';
import type { Runs } from './spec-runs';

interface OfDocument {
  textDocument: { uri: string };
}

/** Registers hover, completion, inlay hints, code lenses, symbols and quick fixes. A fault in one answers nothing. */
export function offerLanguageFeatures(
  connection: Connection,
  specs: OpenSpecs,
  runs: Runs,
  safely: Safely,
): void {
  /** Answers a request from the checked spec and its latest run; `none` where it is not open. */
  function answering<Params extends OfDocument, Result>(
    what: string,
    none: Result,
    work: (checked: CheckedSpec, params: Params, run: LatestRun | undefined) => Result,
  ) {
    return (params: Params): Promise<Result> =>
      safely(what, none, async () => {
        const checked = await specs.checked(params.textDocument.uri);
        return checked ? work(checked, params, latestRun(runs, checked)) : none;
      });
  }

  connection.onHover(
    answering('Hover', null, (checked, { position }, run) =>
      hover(checked, checked.document.offsetAt(position), run),
    ),
  );
  connection.onCompletion(
    answering('Completion', [], ({ document }, { position }) =>
      completion(document, document.offsetAt(position)),
    ),
  );
  connection.languages.inlayHint.on(
    answering('Inlay hints', [], (checked, _params, run) => inlayHints(checked, run)),
  );
  connection.onCodeLens(
    answering('Code lenses', [], ({ document }, _params, run) => codeLenses(document, run)),
  );
  connection.onDocumentSymbol(answering('Document symbols', [], documentSymbols));
  connection.onCodeAction(
    answering('Code actions', [], ({ document: { uri }, diagnostics }, { range }) =>
      codeActions(uri, diagnostics, range, (found) => lspDiagnostic(found, uri, validationSource)),
    ),
  );
}
