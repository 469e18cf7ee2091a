/** Text -> SpecDocument. Whatever the text, this returns quickly, and says once what is wrong with it. */
import { parseDocument } from 'yaml';
import type { Document, YAMLError } from 'yaml';
import { tooDeepAt } from './nesting';
import { readParts } from './parse-parts';
import type { Parts } from './parse-parts';
import { maxNodes, plainSpec } from './plain-value';
import type { WalkProblem } from './plain-value';
import { specError } from './spec-diagnostic';
import type { SpecDiagnostic } from './spec-diagnostic';
import { firstLineEnd, SpecDocument } from './spec-document';
import type { Entry, Span } from './spec-document';
import type { SpecCode } from './codes';
import { yamlProblem } from './yaml-messages';
import { yamlOptions } from './yaml-options';

/** Longest text that is read, in UTF-16 units. */
export const maxLength = 500_000;

/** The parser may find one error a character in a text that is no YAML. */
const maxErrors = 100;

/**
 * Reads a spec. Never throws; `diagnostics` of the result says what is wrong with the text. With the
 * parts of an earlier version, what has not changed since is not read again.
 */
export function parseSpec(text: string, uri = '', known?: Parts): SpecDocument {
  const refusal = refuse(text);
  if (refusal) return withoutValue(text, uri, refusal, known);
  try {
    return read(text, uri, known);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const span: Span = [0, firstLineEnd(text)];
    const message = `This is not valid YAML: ${reason}.`;
    return withoutValue(text, uri, { code: 'fip/syntax', span, message }, known);
  }
}

interface Problem {
  code: SpecCode;
  span: Span;
  message: string;
  first?: Span;
}

/** What can be said without parsing. */
function refuse(text: string): Problem | undefined {
  const span: Span = [0, firstLineEnd(text)];
  if (text.length > maxLength) {
    const message = `This file is too large for a spec (over ${maxLength / 1000} kB), so it was not read. Is it the right file?`;
    return { code: 'fip/too-large', span, message };
  }
  if (isBinary(text)) {
    const message = 'This file is not text in UTF-8, so it was not read. Is it the right file?';
    return { code: 'fip/not-text', span, message };
  }
  if (text.replaceAll(/^\uFEFF|#.*$|^(---|\.\.\.)\s*$/gm, '').trim() === '')
    return emptyProblem(text);
  const deep = tooDeepAt(text);
  if (deep === undefined) return undefined;
  const message = 'The spec is nested too deeply here. An experiment needs six levels at most.';
  return { code: 'fip/too-deep', span: [deep, deep + 1], message };
}

/** Control characters and undecodable bytes do not occur in written text. */
function isBinary(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 9 || (code > 13 && code < 32) || code === 127 || code === 0xfffd) return true;
  }
  return false;
}

function emptyProblem(text: string): Problem {
  const what = text.includes('#') ? 'This spec holds only comments.' : 'This spec is empty.';
  const message = `${what} Start with \`fip: 1\` and complete it, or run the command "New Experiment from Sample".`;
  return { code: 'fip/empty', span: [0, firstLineEnd(text)], message };
}

function withoutValue(text: string, uri: string, problem: Problem, known?: Parts): SpecDocument {
  const blank = new SpecDocument(text, uri, undefined, new Map(), [], 0);
  const diagnostics = [diagnosticOf(blank, problem)];
  return new SpecDocument(text, uri, undefined, new Map(), diagnostics, 0, known);
}

function read(text: string, uri: string, known: Parts | undefined): SpecDocument {
  const inParts = known && readParts(text, known);
  if (inParts && inParts.entries.size <= maxNodes) {
    const { value, entries, parts } = inParts;
    return new SpecDocument(text, uri, value, entries, [], undefined, parts);
  }
  const yaml = parseDocument(text, yamlOptions);
  const { value, entries, problems } = plainSpec(yaml);
  const errors = [...yaml.errors.slice(0, maxErrors), ...yaml.warnings.slice(0, maxErrors)];
  errors.sort((a, b) => a.pos[0] - b.pos[0]);
  const found: Problem[] = [
    ...withoutCascades(errors, text).map((error) => yamlProblem(error, text)),
    ...(yaml.errors.length > 0 ? problems.filter(isIndependent) : problems),
  ];
  return assemble(text, uri, { yaml, value, entries, problems: found }, known);
}

/** A broken line may look like a bad key as well; the rest stands beside a syntax error. */
const isIndependent = ({ code }: WalkProblem) => code !== 'fip/bad-key';

/** The parser stumbles on after a mistake: an error counts again only once a new top-level key has begun. */
function withoutCascades(errors: readonly YAMLError[], text: string): YAMLError[] {
  const kept: YAMLError[] = [];
  for (const error of errors) {
    const last = kept.at(-1);
    const between = last && text.slice(Math.max(...last.pos), error.pos[0]);
    if (between === undefined || /[\r\n][A-Za-z_][\w-]*:(\s[^\n]*)?[\r\n]/.test(between))
      kept.push(error);
  }
  return kept;
}

interface Found {
  yaml: Document;
  value: unknown;
  entries: Map<string, Entry>;
  problems: Problem[];
}

function assemble(
  text: string,
  uri: string,
  { yaml, value, entries, problems }: Found,
  known: Parts | undefined,
): SpecDocument {
  const broken = yaml.errors.slice(0, maxErrors).map(({ pos }) => pos[0]);
  const brokenAt =
    broken.length > 0
      ? Math.min(...broken, ...problems.filter(isSyntax).map(({ span }) => span[0]))
      : undefined;
  const spoilt = problems.some(({ code }) => code === 'fip/alias-bomb' || code === 'fip/too-large');
  const isMapping = typeof value === 'object' && value !== null && !Array.isArray(value);
  const usable = isMapping && !spoilt;
  const blank = new SpecDocument(text, uri, value, entries, [], brokenAt);
  if (!isMapping && problems.length === 0)
    problems.push(notAMapping(text, value, yaml.contents?.range?.[0] ?? 0));
  const diagnostics = problems.map((problem) => diagnosticOf(blank, problem));
  const read = usable ? value : undefined;
  return new SpecDocument(text, uri, read, entries, diagnostics, brokenAt, known);
}

const isSyntax = ({ code }: Problem) => code !== 'fip/duplicate-key';

function notAMapping(text: string, value: unknown, start: number): Problem {
  const found = Array.isArray(value) ? 'a list' : 'plain text';
  const message = `A spec is a mapping of keys such as \`fip: 1\`, but this file holds ${found}. The command "New Experiment from Sample" gives a start.`;
  return {
    code: 'fip/not-a-mapping',
    span: [start, start + firstLineEnd(text.slice(start))],
    message,
  };
}

function diagnosticOf(document: SpecDocument, problem: Problem): SpecDiagnostic {
  const { first } = problem;
  const related = first && [{ message: 'It is first written here.', range: document.range(first) }];
  return specError(
    problem.code,
    document.range(problem.span),
    problem.message,
    related && { related },
  );
}
