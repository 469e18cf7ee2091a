import type { LabelCell } from '../csv-labels';

/** A text with its label, as they stand in a file. */
export interface TextRow {
  text: string;
  label: LabelCell;
}
