/** Comments `# fip-level CODE: LEVEL, ...`, alone on a line: they set the levels of findings for the whole spec. */
import { didYouMean } from './did-you-mean';
import { specError } from './spec-diagnostic';
import type { Severity, SpecDiagnostic } from './spec-diagnostic';
import type { SpecDocument } from './spec-document';
import { alternatives } from './words';

/** What a user can make of a finding. */
export type Level = Severity | 'off';
export const levels: readonly Level[] = ['off', 'information', 'warning', 'error'];

/** Levels by code. */
export type Levels = Readonly<Record<string, Level>>;

/** One code in such a comment. */
export interface LevelSetting {
  code: string;
  /** As it is written; one of `levels` where it is right. */
  level: string;
  /** Where code and level stand. */
  span: readonly [number, number];
}

const comment = /^\uFEFF?[ \t]*#[ \t]*fip-level[ \t]+(.*)$/gm;
const setting = /(fip\/[a-z-]+)[ \t]*:[ \t]*([a-z]*)/g;

/** What the comments of a spec set, in the order of the text. */
export function levelComments(text: string): LevelSetting[] {
  if (!text.includes('fip-level')) return [];
  return [...text.matchAll(comment)].flatMap(({ 0: line, 1: list = '', index }) => {
    const start = index + line.length - list.length;
    return [...list.matchAll(setting)].map((match): LevelSetting => {
      const [whole, code = '', level = ''] = match;
      const at = start + match.index;
      return { code, level, span: [at, at + whole.length] };
    });
  });
}

/** The user's levels, and above them those of the spec itself: it knows best what it is about. */
export function levelsFor(text: string, ofUser: Levels): Levels {
  const own = levelComments(text).flatMap(({ code, level }) => {
    const known = levels.find((one) => one === level);
    return known ? [[code, known] as const] : [];
  });
  return { ...ofUser, ...Object.fromEntries(own) };
}

/** Settings of levels that there are not, and of findings that stay errors whatever anybody says. */
export function futileLevels(
  document: SpecDocument,
  errors: readonly SpecDiagnostic[],
): SpecDiagnostic[] {
  return levelComments(document.text).flatMap(({ code, level, span }) => {
    const range = document.range(span);
    const say = (message: string, fix?: SpecDiagnostic['fix']) => [
      specError('fip/not-switchable', range, message, { severity: 'warning', ...(fix && { fix }) }),
    ];
    if (!levels.some((known) => known === level)) {
      const guess = didYouMean(level, levels);
      const fix = guess && { title: `Change to \`${guess}\``, newText: `${code}: ${guess}` };
      const message = `\`${level}\` is no level. Write ${alternatives(levels)}.`;
      return say(message, fix || undefined);
    }
    if (level === 'error' || !errors.some((error) => error.code === code)) return [];
    return say(
      `\`${code}\` is an error here: the spec cannot run with it, so it stays one. Mend it, or remove this comment.`,
    );
  });
}
