/** One row of a table. */
export interface CsvRow {
  /** Number of its first line, counted from 1. */
  line: number;
  cells: string[];
}

/** A quoted cell that never ends; `line` is where it begins. */
export class UnclosedQuote extends Error {
  constructor(readonly line: number) {
    super(`A quote in line ${line} is never closed.`);
  }
}

/**
 * The rows of a text of comma-separated values (RFC 4180): cells in double quotes may hold commas, line breaks and,
 * doubled, quotes. Blank lines are skipped.
 * @throws UnclosedQuote
 */
export function* csvRows(text: string): Generator<CsvRow> {
  let [start, line] = [0, 1];
  while (start < text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const content = text.slice(start, text[end - 1] === '\r' && end > start ? end - 1 : end);
    if (content.includes('"')) {
      const row = quotedRow(text, start, line);
      yield { line, cells: row.cells };
      [start, line] = [row.end, line + row.lines];
    } else {
      if (content.trim() !== '') yield { line, cells: content.split(',') };
      [start, line] = [end + 1, line + 1];
    }
  }
}

/** Reads a row letter by letter; `end` is where the next row starts. */
function quotedRow(
  text: string,
  start: number,
  line: number,
): { cells: string[]; end: number; lines: number } {
  const cells: string[] = [];
  let position = start;
  let lines = 1;
  for (;;) {
    const cell =
      text[position] === '"' ? quotedCell(text, position, line) : plainCell(text, position);
    cells.push(cell.value);
    lines += cell.lines;
    position = cell.end;
    if (text[position] !== ',') break;
    position++;
  }
  return { cells, end: position + 1, lines };
}

interface Cell {
  value: string;
  /** Place of the comma or line break behind it. */
  end: number;
  /** Line breaks in it. */
  lines: number;
}

function plainCell(text: string, start: number): Cell {
  let end = start;
  while (end < text.length && text[end] !== ',' && text[end] !== '\n') end++;
  const value = text.slice(start, end);
  return { value: value.endsWith('\r') ? value.slice(0, -1) : value, end, lines: 0 };
}

function quotedCell(text: string, start: number, line: number): Cell {
  let close = text.indexOf('"', start + 1);
  while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
  if (close < 0) throw new UnclosedQuote(line);
  const inner = text.slice(start + 1, close);
  // What stands between the closing quote and the comma belongs to the cell, as spreadsheets read it.
  const rest = plainCell(text, close + 1);
  const lines = inner.split('\n').length - 1;
  return { value: inner.replaceAll('""', '"') + rest.value, end: rest.end, lines };
}
