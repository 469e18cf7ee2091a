/** Says what the YAML parser found wrong in plain sentences. */
import type { YAMLError } from 'yaml';
import type { SpecCode } from './codes';
import type { Span } from './spec-document';

export interface YamlProblem {
  code: SpecCode;
  span: Span;
  message: string;
}

/** The problem that a parser's error stands for, at the place where the user can mend it. */
export function yamlProblem(error: YAMLError, text: string): YamlProblem {
  const [start, end] = error.pos;
  const rule = rules.find(({ when }) => when.test(`${error.code} ${error.message}`));
  const span = rule?.span?.(start, end, text) ?? oneLine(start, end, text);
  return {
    code: rule?.code ?? 'fip/syntax',
    span,
    message: rule?.message(text.slice(...span)) ?? `This is not valid YAML: ${error.message}.`,
  };
}

interface Rule {
  when: RegExp;
  message(found: string): string;
  code?: SpecCode;
  span?(start: number, end: number, text: string): Span;
}

const rules: Rule[] = [
  {
    when: /^TAB_AS_INDENT/,
    code: 'fip/tab',
    message: () => 'YAML is indented with spaces, not tabs. Use two spaces a level.',
    span: tabSpan,
  },
  {
    when: /^MULTIPLE_DOCS/,
    code: 'fip/several-documents',
    message: () =>
      'A spec holds one experiment: remove the `---` or `...` line and what follows, or move it to a file of its own.',
  },
  { when: /^BAD_INDENT Flow sequence/, message: () => unclosed('[', ']'), span: openBracket('[') },
  { when: /^BAD_INDENT Flow map/, message: () => unclosed('{', '}'), span: openBracket('{') },
  {
    when: /^(MISSING_CHAR|UNEXPECTED_TOKEN) .*end with a \]/,
    message: () => unclosed('[', ']'),
    span: openBracket('['),
  },
  {
    when: /^(MISSING_CHAR|UNEXPECTED_TOKEN) .*end with a \}/,
    message: () => unclosed('{', '}'),
    span: openBracket('{'),
  },
  {
    when: /^MISSING_CHAR Missing closing "/,
    message: () => unclosed('"', '"'),
    span: openQuote('"'),
  },
  {
    when: /^MISSING_CHAR Missing closing '/,
    message: () => unclosed("'", "'"),
    span: openQuote("'"),
  },
  {
    when: /^BAD_INDENT/,
    message: () =>
      'The indentation does not fit the lines above. Keys of one mapping and items of one list start in the same column.',
    span: lineSpan,
  },
  {
    when: /^BLOCK_AS_IMPLICIT_KEY/,
    message: () =>
      'There is a second `:` in this value, or the line below is indented as if it belonged to it. Put the inner key on a line of its own, or the text in quotes.',
    span: lineSpan,
  },
  {
    when: /^MULTILINE_IMPLICIT_KEY|^MISSING_CHAR Implicit map keys/,
    message: (found) =>
      /^\s*[\w-]+:\S/.test(found)
        ? 'A `:` needs a space behind it: write `key: value`.'
        : 'This line is no `key: value` pair. Add a `:` and a value, or make it a comment with `#`.',
    span: lineSpan,
  },
  {
    when: /^BAD_SCALAR_START/,
    message: (found) =>
      `A value cannot start with \`${found.slice(0, 1)}\`. Put the value in quotes.`,
  },
  {
    when: /^BAD_DQ_ESCAPE/,
    message: (found) =>
      `\`${found.slice(0, 2)}\` means nothing in double quotes. Use single quotes, or write \`\\\\\` for a backslash.`,
    span: (start, _end, text) => [start, Math.min(start + 2, text.length)],
  },
  {
    when: /^UNEXPECTED_TOKEN Unexpected (scalar|flow|map|seq|block).* at node end/,
    message: () =>
      'The value ended before this. If it is all one text, put the whole text in quotes (and double the quotes inside).',
  },
  {
    when: /^UNEXPECTED_TOKEN Unexpected (flow-seq-end|flow-map-end|flow-error-end)/,
    message: (found) => `This \`${found.trim()}\` closes nothing. Remove it.`,
  },
  {
    when: /^MISSING_CHAR Missing , /,
    message: () => 'A `,` is missing before this.',
  },
  {
    when: /^UNEXPECTED_TOKEN Unexpected (,|empty item)/,
    message: () => 'There is a `,` too many here.',
  },
  {
    when: /^TAG_RESOLVE_FAILED|^BAD_COLLECTION_TYPE|^MULTIPLE_TAGS/,
    code: 'fip/tag',
    message: () => 'Tags such as `!name` have no meaning in a spec. Remove it.',
  },
  {
    when: /^BAD_DIRECTIVE/,
    message: () => 'Lines that start with `%` have no meaning in a spec. Remove the line.',
    span: lineSpan,
  },
  {
    when: /^(ALIAS_PROPS|BAD_ALIAS|MULTIPLE_ANCHORS|BAD_PROP_ORDER)/,
    code: 'fip/alias',
    message: () =>
      'This anchor (`&name`) or alias (`*name`) is not well formed. Write the value out.',
  },
  {
    when: /^RESOURCE_EXHAUSTION/,
    code: 'fip/too-deep',
    message: () => 'The spec is nested too deeply to be read.',
  },
];

const unclosed = (open: string, close: string) =>
  open === close
    ? `This text starts with ${open} but does not end with one. Add the closing ${close}.`
    : `This \`${open}\` is not closed. Add a \`${close}\`.`;

/** Cuts a span at the end of its first line; an empty one takes the character before it. */
function oneLine(start: number, end: number, text: string): Span {
  const from = Math.min(start, Math.max(0, text.length - 1));
  const lineEnd = text.slice(from, end).search(/[\r\n]/);
  const to = lineEnd < 0 ? Math.min(end, text.length) : from + lineEnd;
  return to > from ? [from, to] : [from, Math.min(text.length, from + 1)];
}

/** The text of the line that holds an offset, without its indentation. */
function lineSpan(start: number, _end: number, text: string): Span {
  const lineStart =
    Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1)) + 1;
  const line = text.slice(lineStart).split(/[\r\n]/, 1)[0] ?? '';
  const indent = line.length - line.trimStart().length;
  return line.trim() ? [lineStart + indent, lineStart + line.trimEnd().length] : [start, start + 1];
}

/** The parser may point at the line break before the tabs. */
function tabSpan(start: number, _end: number, text: string): Span {
  const from = text.indexOf('\t', start);
  if (from < 0) return [start, start + 1];
  return [from, from + (/^\t+/.exec(text.slice(from))?.[0].length ?? 1)];
}

/** The last bracket before the error that is still open; quotes are not looked at, since the hint suffices. */
function openBracket(open: '[' | '{') {
  const close = open === '[' ? ']' : '}';
  return (start: number, _end: number, text: string): Span => {
    let depth = 0;
    for (let i = start - 1; i >= 0; i--) {
      if (text[i] === close) depth++;
      else if (text[i] === open && depth-- === 0) return [i, i + 1];
    }
    return oneLine(start, start + 1, text);
  };
}

/** The quote that opens the text: the last one that stands where a value can start. */
function openQuote(quote: string) {
  return (start: number, _end: number, text: string): Span => {
    const openings = [
      ...text.slice(0, start).matchAll(new RegExp(`(?<=[:\\-,\\[{]\\s+|^\\s*)${quote}`, 'gm')),
    ];
    const at = openings.at(-1)?.index ?? start;
    return oneLine(at, text.length, text);
  };
}
