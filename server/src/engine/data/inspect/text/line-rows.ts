import type { TextData } from '../../../../spec/experiment';
import type { DataFile } from '../data-file';
import type { TextRow } from './text-row';

/** A line of a file, without its line break. */
export interface Line {
  /** Counted from 1. */
  number: number;
  content: string;
}

/** The lines that are not blank. They end at `\n` alone, as texts may hold any other kind of break. */
export function* linesOf(content: string): Generator<Line> {
  let start = 0;
  for (let number = 1; start < content.length; number++) {
    const newline = content.indexOf('\n', start);
    const end = newline < 0 ? content.length : newline;
    const line = content.slice(start, content[end - 1] === '\r' && end > start ? end - 1 : end);
    if (line.trim() !== '') yield { number, content: line };
    start = end + 1;
  }
}

/** Every line is a text, and all have the label 0. */
export function* lineRows(_data: TextData, content: string, _file: DataFile): Generator<TextRow> {
  for (const { number, content: text } of linesOf(content))
    yield { text, label: { line: number, text: '0' } };
}
