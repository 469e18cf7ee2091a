/** Asks every feature of the editor about a spec, at a place in it. Faults of any of them are thrown. */
import type { Position } from 'vscode-languageserver';
import { codeActions } from '../../server/src/language/code-actions';
import { codeLenses } from '../../server/src/language/code-lenses';
import { completion } from '../../server/src/language/completion';
import { definition } from '../../server/src/language/definition';
import { documentLinks } from '../../server/src/language/document-links';
import { documentSymbols } from '../../server/src/language/document-symbols';
import { foldingRanges } from '../../server/src/language/folding-ranges';
import { hover } from '../../server/src/language/hover';
import { inlayHints } from '../../server/src/language/inlay-hints';
import { lspDiagnostic } from '../../server/src/language/lsp-diagnostics';
import { pathCompletion } from '../../server/src/language/path-completion';
import { documentHighlights, references } from '../../server/src/language/references';
import { prepareRename, rename, RenameRefused } from '../../server/src/language/rename';
import { runDiagnostics } from '../../server/src/language/run-diagnostics';
import { selectionRange } from '../../server/src/language/selection-ranges';
import { semanticTokens } from '../../server/src/language/semantic-tokens';
import type { CheckedSpec } from '../../server/src/spec/check-spec';
import type { SpecDiagnostic } from '../../server/src/spec/spec-diagnostic';
import { latest, uri } from '../language/kit';

const run = latest('completed');
const toLsp = (found: SpecDiagnostic) => lspDiagnostic(found, uri, 'fip');

/** What all features answer at an offset. */
export async function everyFeature(checked: CheckedSpec, offset: number): Promise<unknown[]> {
  const { document, diagnostics } = checked;
  const whole = document.range([0, document.text.length]);
  return [
    diagnostics,
    hover(checked, offset, run),
    completion(document, offset),
    await pathCompletion(document, offset, async (path) => [{ name: path, isFolder: true }]),
    definition(document, offset),
    references(document, offset, true),
    documentHighlights(document, offset),
    orRefused(() => prepareRename(document, offset)),
    orRefused(() => rename(document, offset, 'renamed')),
    documentSymbols(checked),
    foldingRanges(document),
    selectionRange(document, offset),
    semanticTokens(document),
    semanticTokens(document, whole),
    inlayHints(checked, run),
    codeLenses(checked, run),
    runDiagnostics(checked, run),
    codeActions(document, diagnostics, whole, toLsp),
    await documentLinks(document, async (path) => path),
  ];
}

function orRefused<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RenameRefused)) throw error;
    return undefined;
  }
}

/** The places that an answer names, however deep in it they stand. */
export function positionsIn(answer: unknown): Position[] {
  if (typeof answer !== 'object' || answer === null) return [];
  if ('line' in answer && 'character' in answer) return [answer as Position];
  return Object.values(answer).flatMap(positionsIn);
}
