/** A cheap look at how deep a text nests, before the YAML parser, which recurses, is trusted with it. */

/** Levels that no experiment needs and every parser stands. */
export const maxDepth = 48;

/** Offset of the first place that nests deeper than `maxDepth`, or undefined. Counts brackets in quotes as well. */
export function tooDeepAt(text: string): number | undefined {
  const indents: number[] = [];
  let brackets = 0;
  let offset = 0;
  for (const line of text.split('\n')) {
    const lead = /^(?: *[-?:](?= |\r?$))* */.exec(line)?.[0] ?? '';
    const marks = lead.replaceAll(' ', '').length;
    if (line.trim() !== '') {
      while ((indents.at(-1) ?? -1) >= lead.length) indents.pop();
      indents.push(lead.length);
    }
    for (let i = lead.length; i < line.length; i++) {
      const mark = line[i];
      if (mark === '#' && /^\s*$/.test(line[i - 1] ?? ' ')) break;
      if (mark === '[' || mark === '{') brackets++;
      else if ((mark === ']' || mark === '}') && brackets > 0) brackets--;
      if (indents.length + marks + brackets > maxDepth) return offset + i;
    }
    if (indents.length + marks > maxDepth) return offset + Math.min(lead.length, line.length - 1);
    offset += line.length + 1;
  }
  return undefined;
}
