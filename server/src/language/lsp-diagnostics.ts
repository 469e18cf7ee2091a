/** Findings as the Language Server Protocol writes them. */
import { DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver';
import type { Diagnostic } from 'vscode-languageserver';
import type { SpecDiagnostic } from '../spec/spec-diagnostic';

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
};

/** A finding of a spec as a diagnostic of that file; `source` is shown beside the code. */
export function lspDiagnostic(found: SpecDiagnostic, uri: string, source: string): Diagnostic {
  const related = found.related?.map(({ message, range }) => ({
    message,
    location: { uri, range },
  }));
  return {
    range: found.range,
    severity: severities[found.severity],
    code: found.code,
    source,
    message: found.message,
    ...(related && { relatedInformation: related }),
    ...(found.unnecessary && { tags: [DiagnosticTag.Unnecessary] }),
    ...(found.deprecated && { tags: [DiagnosticTag.Deprecated] }),
  };
}
