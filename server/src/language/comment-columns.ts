/** Keeps comments in the columns that their author lined up. */

const trailing = /^(\s*)(\S(?:.*?\S)??)( +)(#.*)$/;

/**
 * A formatted text in which a comment behind an unchanged line is as far from it as in the source: the formatter leaves
 * a single space.
 */
export function keepCommentColumns(source: string, formatted: string): string {
  const gaps = new Map<string, string>();
  for (const line of source.split(/\r?\n/)) {
    const [, , content = '', gap = '', comment = ''] = trailing.exec(line.trimEnd()) ?? [];
    if (gap.length > 1) gaps.set(`${content} ${comment}`, gap);
  }
  if (gaps.size === 0) return formatted;
  return formatted.replaceAll(/[^\r\n]+/g, (line) => {
    const [, indent = '', content = '', gap = '', comment = ''] = trailing.exec(line) ?? [];
    const kept = gap === ' ' ? gaps.get(`${content} ${comment}`) : undefined;
    return kept ? indent + content + kept + comment : line;
  });
}
