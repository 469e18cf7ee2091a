/** The measured checkpoints of a run as a table. */
import type { RunView } from '../protocol/run-view';
import { flatMetrics } from '../protocol/flat-metrics';

/** One checkpoint. */
export type CurvePoint = { leg: string; step: number } & Record<string, string | number | null>;

/** The checkpoints of all legs, in the order of the path. */
export function curvePoints({ legs }: RunView): CurvePoint[] {
  return legs.flatMap(({ leg, checkpoints }) =>
    checkpoints.map(({ step, metrics }) => ({
      leg,
      step,
      ...Object.fromEntries(flatMetrics(metrics)),
    })),
  );
}

/** The checkpoints as comma-separated values with a header (RFC 4180); what was not measured is empty. */
export function curvesCsv(view: RunView): string {
  const points = curvePoints(view);
  const columns = [...new Set(['leg', 'step', ...points.flatMap((point) => Object.keys(point))])];
  const rows = points.map((point) => columns.map((column) => cell(point[column])));
  return [columns.map(cell), ...rows].map((row) => `${row.join(',')}\r\n`).join('');
}

function cell(value: string | number | null | undefined): string {
  const text = value === null || value === undefined ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
