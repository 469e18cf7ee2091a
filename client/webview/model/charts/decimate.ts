import type { Point } from './chart-model';

/** A picture of this page has no more columns of pixels; more points would cost time and show nothing. */
const COLUMNS = 800;

/**
 * The points of a curve that a picture can show: where there are many, the lowest and the highest of each column of the
 * window, so that no spike is lost, with gaps kept as gaps. Few points stay as they are.
 * @param from start of the window, in steps
 * @param to its end
 */
export function decimate(points: readonly Point[], from: number, to: number): readonly Point[] {
  if (points.length <= 2 * COLUMNS) return points;
  const first = Math.max(0, lowerBound(points, from) - 1);
  const seen = points.slice(first, lowerBound(points, to) + 2);
  if (seen.length <= 2 * COLUMNS) return seen;
  const size = Math.ceil(seen.length / COLUMNS);
  const columns = Array.from({ length: Math.ceil(seen.length / size) }, (_, column) =>
    extremes(seen.slice(column * size, (column + 1) * size)),
  );
  return columns.flat();
}

/** The ends, the extremes and a gap of some neighbouring points, in their order. */
function extremes(points: readonly Point[]): Point[] {
  let low = -1;
  let high = -1;
  let gap = -1;
  points.forEach(([, y], index) => {
    if (y === null) gap = index;
    else {
      if (low < 0 || y < (points[low]?.[1] ?? y)) low = index;
      if (high < 0 || y > (points[high]?.[1] ?? y)) high = index;
    }
  });
  const isKept = new Set([low, gap, high]);
  return points.filter((_, index) => isKept.has(index));
}

/** Number of the first point whose place is not before `x`; places never fall. */
function lowerBound(points: readonly Point[], x: number): number {
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.[0] ?? 0) < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Every so many of a list that no more than `most` are left, with the first and the last. */
export function thinned<Item>(items: readonly Item[], most: number): readonly Item[] {
  if (items.length <= most) return items;
  const stride = (items.length - 1) / (most - 1);
  const isKept = new Set(Array.from({ length: most }, (_, index) => Math.round(index * stride)));
  return items.filter((_, index) => isKept.has(index));
}
