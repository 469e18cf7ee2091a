/** Tables of measured values whose cells are tinted by their size. */

export interface HeatCell {
  value: number | null;
  unit: 'percent' | 'number' | 'points';
}

export interface HeatRow {
  label: string;
  /** Undefined where nothing was measured. */
  cells: (HeatCell | undefined)[];
  /** A row that sums others up, or stands beside the path. */
  aside?: boolean;
}

export interface HeatTable {
  id: string;
  title: string;
  caption: string;
  /** Heading of the rows' labels, then of each column. */
  heads: string[];
  rows: HeatRow[];
  /** What the table does not say, in sentences. */
  notes?: string[];
}

/** A share, 0 to 1. */
export function share(value: number | null | undefined): HeatCell | undefined {
  return value === undefined ? undefined : { value, unit: 'percent' };
}

export function plainNumber(value: number | null | undefined): HeatCell | undefined {
  return value === undefined ? undefined : { value, unit: 'number' };
}
