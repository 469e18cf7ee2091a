/** Quick fixes for findings that know the right text. */
import { CodeActionKind } from 'vscode-languageserver';
import type { CodeAction, Diagnostic, Range } from 'vscode-languageserver';
import { comparePositions } from '../spec/spec-diagnostic';
import type { SpecDiagnostic } from '../spec/spec-diagnostic';

/** The fixes of the findings that touch a range. `toLsp` gives the diagnostic as the editor knows it. */
export function codeActions(
  uri: string,
  found: readonly SpecDiagnostic[],
  range: Range,
  toLsp: (diagnostic: SpecDiagnostic) => Diagnostic,
): CodeAction[] {
  return found
    .filter((diagnostic) => touches(diagnostic.range, range))
    .flatMap((diagnostic) => {
      if (!diagnostic.fix) return [];
      const { title, newText } = diagnostic.fix;
      return [
        {
          title,
          kind: CodeActionKind.QuickFix,
          isPreferred: true,
          diagnostics: [toLsp(diagnostic)],
          edit: { changes: { [uri]: [{ range: diagnostic.range, newText }] } },
        },
      ];
    });
}

const touches = (a: Range, b: Range): boolean =>
  comparePositions(a.start, b.end) <= 0 && comparePositions(b.start, a.end) <= 0;
