import type { FileDiagnostic } from '../protocol/generated';
import type { Style } from './style';

/**
 * One diagnostic for people: `file:line:col severity message [code]`, then the source line with a mark under the range.
 * @param text the spec, for the excerpt
 */
export function diagnosticLines(
  { file, range, severity, code, message }: FileDiagnostic,
  text: string,
  style: Style,
): string[] {
  const { line, character } = range.start;
  const paint = { error: style.red, warning: style.yellow, information: style.cyan }[severity];
  const place = style.bold(`${file}:${line + 1}:${character + 1}`);
  const head = `${place} ${paint(severity)} ${message} ${style.dim(`[${code}]`)}`;
  return [head, ...excerpt(range, text, style, paint)];
}

/** Longer lines are shown in part, around the finding. */
const LONGEST = 80;

function excerpt(
  { start, end }: FileDiagnostic['range'],
  text: string,
  style: Style,
  paint: (text: string) => string,
): string[] {
  const source = text.split(/\r?\n/, start.line + 1)[start.line];
  if (source === undefined || source.trim() === '') return [];
  const from = source.length > LONGEST ? Math.max(0, start.character - LONGEST / 2) : 0;
  const shown = source.slice(from, from + LONGEST);
  const last = end.line === start.line ? end.character : source.length;
  const lead = shown.slice(0, start.character - from).replaceAll(/[^\t]/g, ' ');
  const length = Math.max(1, Math.min(last - from, shown.length) - lead.length);
  const number = String(start.line + 1).padStart(5);
  return [
    `${style.dim(`${number} |`)} ${shown}`,
    `${style.dim('      |')} ${lead}${paint('^'.repeat(length))}`,
  ];
}
