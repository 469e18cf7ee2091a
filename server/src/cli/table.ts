import { cut } from './format';

/** A column: its title, one line or two, and how its cells stand. */
export interface Column {
  title: readonly [string] | readonly [string, string];
  align: 'left' | 'right';
}

const GAP = '  ';

/**
 * Lines of an aligned table. Where it is wider than `width`, the columns go on in a further block below, beside the
 * first column once more.
 */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): string[] {
  const widths = columns.map((column, index) => columnWidth(column, rows, index, width));
  const blocks = splitColumns(widths, width);
  return blocks.flatMap((block, index) => [
    ...(index > 0 ? [''] : []),
    ...renderBlock(columns, rows, widths, block),
  ]);
}

function columnWidth(
  { title }: Column,
  rows: readonly (readonly string[])[],
  index: number,
  width: number,
): number {
  const cells = [...title, ...rows.map((row) => row[index] ?? '')];
  const natural = Math.max(...cells.map((cell) => Array.from(cell).length));
  return Math.min(natural, Math.floor((width - GAP.length) / 2));
}

/** Indices of the columns of each block; the first column is in all of them. */
function splitColumns(widths: readonly number[], width: number): number[][] {
  const blocks: number[][] = [[0]];
  let used = widths[0] ?? 0;
  widths.slice(1).forEach((own, position) => {
    const needed = own + GAP.length;
    if (used + needed > width && blocks.at(-1)!.length > 1) {
      blocks.push([0]);
      used = widths[0]!;
    }
    blocks.at(-1)!.push(position + 1);
    used += needed;
  });
  return blocks;
}

function renderBlock(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  widths: readonly number[],
  block: readonly number[],
): string[] {
  const line = (cell: (index: number) => string): string =>
    block
      .map((index) => pad(cell(index), widths[index]!, columns[index]!.align))
      .join(GAP)
      .trimEnd();
  const height = Math.max(...columns.map(({ title }) => title.length));
  const header = Array.from({ length: height }, (_, level) =>
    line((index) => columns[index]!.title[level] ?? ''),
  );
  const body = rows.map((row) => line((index) => row[index] ?? ''));
  return [...header, ...body];
}

function pad(text: string, width: number, align: Column['align']): string {
  const fitted = cut(text, width);
  const space = ' '.repeat(width - Array.from(fitted).length);
  return align === 'left' ? fitted + space : space + fitted;
}
