/** Writes the comment that switches a finding off. */
import type { TextEdit } from 'vscode-languageserver';
import type { SpecDiagnostic } from '../spec/spec-diagnostic';
import type { SpecDocument } from '../spec/spec-document';
import { ignoreComment, isSwitchable } from '../spec/switches';
import { withBreaksOf } from './key-edits';

/** A comment above the finding's line, or its code in the comment that is there; undefined where it cannot be switched off. */
export function ignoreFinding(
  document: SpecDocument,
  diagnostic: SpecDiagnostic,
): TextEdit | undefined {
  if (!isSwitchable(diagnostic)) return undefined;
  const { line } = diagnostic.range.start;
  const above = lineAt(document, line - 1);
  const comment = /^\s*#/.test(above.text) ? ignoreComment.exec(above.text) : null;
  if (comment) {
    const end = comment.index + comment[0].trimEnd().length;
    return insertAt(document, above.start + end, `, ${diagnostic.code}`);
  }
  const { text, start } = lineAt(document, line);
  const [lead = ''] = /^\uFEFF?[ \t]*/.exec(text) ?? [];
  const indent = lead.replace('\uFEFF', '');
  const added = withBreaksOf(document, `# fip-ignore ${diagnostic.code}\n${indent}`);
  return insertAt(document, start + lead.length, added);
}

function lineAt(document: SpecDocument, line: number): { text: string; start: number } {
  if (line < 0) return { text: '', start: 0 };
  const [start, end] = [line, line + 1].map((at) => document.offsetAt({ line: at, character: 0 }));
  return { text: document.text.slice(start, end).trimEnd(), start: start ?? 0 };
}

function insertAt(document: SpecDocument, offset: number, newText: string): TextEdit {
  return { range: document.range([offset, offset]), newText };
}
