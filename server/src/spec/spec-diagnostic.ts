/** A finding in a spec: where it is, how grave it is, and what to do. */
import type { Position, Range } from '../protocol/generated';
import type { SpecCode } from './codes';

export type Severity = 'error' | 'warning' | 'information';

/** Another place of the same spec that explains a finding. */
export interface RelatedPlace {
  message: string;
  range: Range;
}

/** A text that may stand in the place of the finding's range: the base of a quick fix. */
export interface SpecFix {
  title: string;
  newText: string;
}

export interface SpecDiagnostic {
  range: Range;
  severity: Severity;
  /** Stable code, described in docs/diagnostics.md. */
  code: string;
  /** What is wrong and what to do, in a sentence or two. */
  message: string;
  related?: RelatedPlace[];
  fix?: SpecFix;
  /** Where the keys would be that a mapping lacks, as pointers. */
  missing?: string[];
  /** Where keys would be of which a mapping needs one, as pointers. */
  choices?: string[];
  /** Whether the text is without effect, so that editors may fade it. */
  unnecessary?: boolean;
  /** Whether the text is out of date, so that editors may strike it through. */
  deprecated?: boolean;
}

/** A finding of this folder's own checks; data files add codes of their own. */
export function specError(
  code: SpecCode,
  range: Range,
  message: string,
  more: Partial<Omit<SpecDiagnostic, 'range' | 'code' | 'message'>> = {},
): SpecDiagnostic {
  return { range, severity: 'error', code, message, ...more };
}

/** The order of two positions: negative, zero or positive. */
export function comparePositions(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}

/** Findings in the order of the text. */
export function inTextOrder(diagnostics: readonly SpecDiagnostic[]): SpecDiagnostic[] {
  return [...diagnostics].sort((a, b) => comparePositions(a.range.start, b.range.start));
}
