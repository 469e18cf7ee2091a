/**
 * Switches findings off, or makes them graver: by the user's settings, and by comments in the spec. An error that makes
 * a spec impossible to run stays whatever anybody says.
 */
import { futileLevels, levelsFor } from './level-comments';
import type { Levels } from './level-comments';
import { specError } from './spec-diagnostic';
import type { SpecDiagnostic } from './spec-diagnostic';
import type { SpecDocument } from './spec-document';

export { levels } from './level-comments';
export type { Level, Levels } from './level-comments';

/** A comment that switches codes off on its line; standing alone, on the next line that is no comment. */
interface Ignore {
  codes: string[];
  /** The line that it is about, from 0. */
  line: number;
  /** Where the codes stand. */
  span: readonly [number, number];
}

/** The first line of an ignore comment; `#` of a comment follows a blank or starts a line. */
export const ignoreComment = /(?<=^|\s)#\s*fip-ignore[ \t]+((?:fip\/[a-z-]+[ \t,]*)+)/;

/** The findings of a spec after its own comments and the settings, with one for each comment that cannot be followed. */
export function switched(
  document: SpecDocument,
  found: readonly SpecDiagnostic[],
  levelsByCode: Levels = {},
): SpecDiagnostic[] {
  const ignores = document.text.includes('fip-ignore') ? ignoresIn(document.text) : [];
  const byCode = levelsFor(document.text, levelsByCode);
  const kept = found.flatMap((diagnostic) => {
    if (!isSwitchable(diagnostic)) return [diagnostic];
    if (isIgnored(diagnostic, ignores)) return [];
    return atLevel(diagnostic, byCode);
  });
  const errors = found.filter((diagnostic) => !isSwitchable(diagnostic));
  return [...kept, ...futile(document, found, ignores), ...futileLevels(document, errors)];
}

/** What runs found out, after comments and settings. These do not keep a spec from running, so errors can be switched, too. */
export function switchedRunFindings(
  document: SpecDocument,
  found: readonly SpecDiagnostic[],
  levelsByCode: Levels = {},
): SpecDiagnostic[] {
  const ignores = ignoresIn(document.text);
  const byCode = levelsFor(document.text, levelsByCode);
  return found.flatMap((diagnostic) =>
    isIgnored(diagnostic, ignores) ? [] : atLevel(diagnostic, byCode),
  );
}

/** Whether a finding of a spec can be switched off. */
export const isSwitchable = ({ severity }: SpecDiagnostic): boolean => severity !== 'error';

function atLevel(diagnostic: SpecDiagnostic, levelsByCode: Levels): SpecDiagnostic[] {
  const level = Object.hasOwn(levelsByCode, diagnostic.code)
    ? levelsByCode[diagnostic.code]
    : undefined;
  if (level === 'off') return [];
  return [level === undefined ? diagnostic : { ...diagnostic, severity: level }];
}

const isIgnored = ({ code, range }: SpecDiagnostic, ignores: readonly Ignore[]): boolean =>
  ignores.some(({ codes, line }) => line === range.start.line && codes.includes(code));

function ignoresIn(text: string): Ignore[] {
  const lines = text.split('\n');
  let offset = 0;
  return lines.flatMap((content, i) => {
    const start = offset;
    offset += content.length + 1;
    const [, list = ''] = ignoreComment.exec(content) ?? [];
    if (list === '') return [];
    const at = start + content.indexOf(list);
    const codes = list.match(/fip\/[a-z-]+/g) ?? [];
    return [{ codes, line: aboutLine(lines, i), span: [at, at + list.trimEnd().length] as const }];
  });
}

function aboutLine(lines: readonly string[], i: number): number {
  const isAlone = (line: number) => /^\s*(#|$)/.test((lines[line] ?? '').replace('\uFEFF', ''));
  let line = i;
  while (line < lines.length - 1 && isAlone(line)) line++;
  return line;
}

/** Comments that name an error. */
function futile(
  document: SpecDocument,
  found: readonly SpecDiagnostic[],
  ignores: readonly Ignore[],
): SpecDiagnostic[] {
  return ignores.flatMap(({ codes, line, span }) => {
    const error = found.find(
      (diagnostic) =>
        !isSwitchable(diagnostic) &&
        diagnostic.range.start.line === line &&
        codes.includes(diagnostic.code),
    );
    if (!error) return [];
    const message = `\`${error.code}\` is an error: the spec cannot run with it, so it cannot be switched off. Mend it, and remove this comment.`;
    return [
      specError('fip/not-switchable', document.range(span), message, { severity: 'warning' }),
    ];
  });
}
