/** Quick fixes for findings. */
import { CodeActionKind } from 'vscode-languageserver';
import type { CodeAction, Diagnostic, Range, TextEdit } from 'vscode-languageserver';
import { childPointer, lastSegment, parentPointer } from '../spec/json-pointer';
import { comparePositions } from '../spec/spec-diagnostic';
import type { SpecDiagnostic } from '../spec/spec-diagnostic';
import type { SpecDocument } from '../spec/spec-document';
import { alternatives } from '../spec/words';
import { ignoreFinding } from './ignore-finding';
import { removeKey } from './key-edits';
import { addMissingKeys } from './missing-keys';

/** A way to mend a finding. */
interface Fix {
  title: string;
  edit: TextEdit;
  /** Whether it is what the user most likely wants. */
  isPreferred?: boolean;
}

/** The fixes of the findings that touch a range. `toLsp` gives the diagnostic as the editor knows it. */
export function codeActions(
  document: SpecDocument,
  found: readonly SpecDiagnostic[],
  range: Range,
  toLsp: (diagnostic: SpecDiagnostic) => Diagnostic,
): CodeAction[] {
  return found
    .filter((diagnostic) => touches(diagnostic.range, range))
    .flatMap((diagnostic) =>
      fixesOf(document, diagnostic).map(({ title, edit, isPreferred }) => ({
        title,
        kind: CodeActionKind.QuickFix,
        ...(isPreferred && { isPreferred }),
        diagnostics: [toLsp(diagnostic)],
        edit: { changes: { [document.uri]: [edit] } },
      })),
    );
}

function fixesOf(document: SpecDocument, diagnostic: SpecDiagnostic): Fix[] {
  return [
    ...replacement(diagnostic),
    ...missingKeys(document, diagnostic),
    ...choices(document, diagnostic),
    ...missingData(document, diagnostic),
    ...removal(document, diagnostic),
    ...silence(document, diagnostic),
  ];
}

function replacement({ fix, range }: SpecDiagnostic): Fix[] {
  return fix
    ? [{ title: fix.title, edit: { range, newText: fix.newText }, isPreferred: true }]
    : [];
}

function missingKeys(document: SpecDocument, { missing }: Pick<SpecDiagnostic, 'missing'>): Fix[] {
  const edit = missing && addMissingKeys(document, missing);
  if (!edit) return [];
  const keys = alternatives(missing.map(lastSegment), 'and');
  return [{ title: `Add ${keys}`, edit, isPreferred: true }];
}

/** One of several keys would do. */
function choices(document: SpecDocument, diagnostic: SpecDiagnostic): Fix[] {
  return (diagnostic.choices ?? []).flatMap((pointer) => {
    const edit = addMissingKeys(document, [pointer]);
    return edit ? [{ title: `Add \`${lastSegment(pointer)}\``, edit }] : [];
  });
}

/** An expectation's metric is measured on data. */
function missingData(document: SpecDocument, { code, range }: SpecDiagnostic): Fix[] {
  if (code !== 'fip/metric-needs-data') return [];
  const place = document.pointerAt(document.offsetAt(range.start));
  const expectation = parentPointer(place?.pointer ?? '');
  return missingKeys(document, { missing: [childPointer(expectation, 'on')] });
}

/** Findings whose range is a key that is of no use. */
const useless = [
  'fip/unknown-key',
  'fip/deprecated-key',
  'fip/unused-data',
  'fip/metric-takes-no-data',
];

function removal(document: SpecDocument, { code, range }: SpecDiagnostic): Fix[] {
  if (!useless.includes(code)) return [];
  const place = document.pointerAt(document.offsetAt(range.start));
  const edit = place?.isKey ? removeKey(document, place.pointer) : undefined;
  return edit && place ? [{ title: `Remove \`${lastSegment(place.pointer)}\``, edit }] : [];
}

function silence(document: SpecDocument, diagnostic: SpecDiagnostic): Fix[] {
  const edit = ignoreFinding(document, diagnostic);
  return edit ? [{ title: `Switch off \`${diagnostic.code}\` here`, edit }] : [];
}

const touches = (a: Range, b: Range): boolean =>
  comparePositions(a.start, b.end) <= 0 && comparePositions(b.start, a.end) <= 0;
