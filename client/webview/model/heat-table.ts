/** Tables of measured values whose cells are tinted by their size. */

import type { DataTable } from './charts/data-table';

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

/** The values of a table as they are. */
export function heatData({ heads, rows }: HeatTable): DataTable {
  return {
    columns: heads,
    rows: rows.map(({ label, cells }) => [label, ...cells.map((cell) => cell?.value ?? null)]),
  };
}

/** A share, 0 to 1. */
export function share(value: number | null | undefined): HeatCell | undefined {
  return value === undefined ? undefined : { value, unit: 'percent' };
}

export function plainNumber(value: number | null | undefined): HeatCell | undefined {
  return value === undefined ? undefined : { value, unit: 'number' };
}
