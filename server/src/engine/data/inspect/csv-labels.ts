import { readNumber } from './csv-cells';
import type { DataFile } from './data-file';
import { DataProblem } from './data-problem';

/** A label as it stands in the table. */
export interface LabelCell {
  line: number;
  text: string;
}

/** How label cells become class numbers. */
export type LabelReader = (cell: LabelCell, file: DataFile) => number;

/**
 * Chooses how labels are read: numbers as they are, where all cells hold numbers; otherwise each distinct text is a class,
 * numbered in sorted order.
 * @param cells the labels of the training rows
 */
export function labelReader(cells: readonly LabelCell[]): LabelReader {
  const numeric = cells.every(({ text }) => !Number.isNaN(readNumber(text)));
  return numeric ? readNumericLabel : textLabelReader(cells);
}

function readNumericLabel({ line, text }: LabelCell, file: DataFile): number {
  const label = readNumber(text);
  if (Number.isInteger(label) && label >= 0 && label < 2 ** 31) return label;
  const message = `Line ${line} of \`${file.path}\`: the label is \`${text.trim()}\`, but a class number is needed: 0, 1, 2 and so on. Is \`label\` the right column?`;
  throw new DataProblem('fip/data-cell', message, file.pointer);
}

function textLabelReader(cells: readonly LabelCell[]): LabelReader {
  // Sorted by code units: the same on every machine, whatever its language.
  const texts = [...new Set(cells.map(({ text }) => text.trim()))].sort();
  const classes = new Map(texts.map((text, index) => [text, index]));
  return ({ line, text }, file) => {
    const label = classes.get(text.trim());
    if (label !== undefined) return label;
    const message = `Line ${line} of \`${file.path}\`: no training row has the label \`${text.trim()}\`.`;
    throw new DataProblem('fip/data-mismatch', message, file.pointer);
  };
}
