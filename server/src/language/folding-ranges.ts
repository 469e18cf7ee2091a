/** What can be folded: mappings and lists, blocks of comments, and regions. */
import { FoldingRangeKind } from 'vscode-languageserver';
import type { FoldingRange } from 'vscode-languageserver';
import type { SpecDocument } from '../spec/spec-document';

/** The folding ranges of a spec in the order of their first lines, as far as it can be read. */
export function foldingRanges(document: SpecDocument): FoldingRange[] {
  const found = [...values(document), ...comments(document)];
  return found.sort((a, b) => a.startLine - b.startLine || b.endLine - a.endLine);
}

function values(document: SpecDocument): FoldingRange[] {
  const longest = new Map<number, number>();
  for (const pointer of document.pointers()) {
    if (pointer === '' || document.isAliased(pointer)) continue;
    const [start, end] = document.tightSpan(pointer);
    const [startLine, endLine] = [document.positionAt(start).line, lastLine(document, start, end)];
    if (endLine > startLine && endLine > (longest.get(startLine) ?? 0))
      longest.set(startLine, endLine);
  }
  return [...longest].map(([startLine, endLine]) => ({ startLine, endLine }));
}

/** The line of the last letter: blocks of text end behind their line break. */
function lastLine(document: SpecDocument, start: number, end: number): number {
  const length = document.text.slice(start, end).trimEnd().length;
  return document.positionAt(start + length).line;
}

/** Comments of two lines and more, and what stands between `# region` and `# endregion`. */
function comments({ text }: SpecDocument): FoldingRange[] {
  const found: FoldingRange[] = [];
  const regions: number[] = [];
  let first: number | undefined;
  const lines = [...text.split(/\r\n|\n|\r/), ''];
  lines.forEach((line, i) => {
    const isRegion = /^\s*#\s*(end)?region\b/.test(line);
    const isComment = /^\s*#/.test(line) && !isRegion;
    if (isComment) first ??= i;
    else if (first !== undefined) {
      if (i - 1 > first)
        found.push({ startLine: first, endLine: i - 1, kind: FoldingRangeKind.Comment });
      first = undefined;
    }
    if (!isRegion) return;
    const opened = /endregion/.test(line) ? regions.pop() : void regions.push(i);
    if (opened !== undefined)
      found.push({ startLine: opened, endLine: i, kind: FoldingRangeKind.Region });
  });
  return found;
}
