import type { AnyChart } from './chart-model';

/** Curves longer than this are told apart by their ends: a run's curves grow, they do not change in between. */
const LONG = 500;

/** A text that differs where two states of a chart look different. */
export function fingerprint(chart: AnyChart): string {
  if (chart.kind === 'parallel') return JSON.stringify(chart);
  const series = chart.series.map((one) => {
    const points: readonly unknown[] = one.points;
    const { length } = points;
    const shown = length > LONG ? [length, points[0], points[length >> 1], points.at(-1)] : points;
    return { ...one, points: shown };
  });
  return JSON.stringify({ ...chart, series });
}
