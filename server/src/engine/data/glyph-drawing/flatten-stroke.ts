import type { Point, Stroke } from './glyph-shape';

/** Straight pieces that stand for one span of a curve; enough for images of 64 pixels. */
const PIECES = 6;

/**
 * The corners of the polyline that stands for a stroke: a Catmull-Rom curve through its points.
 * Returned flat: x0, y0, x1, y1, ...
 */
export function flattenStroke(stroke: Stroke): number[] {
  const line: number[] = [...stroke[0]!];
  for (let i = 0; i + 1 < stroke.length; i++) {
    const [from, to] = [stroke[i]!, stroke[i + 1]!];
    if (isSame(from, to)) continue;
    // Beyond an end or a corner, the end itself takes the neighbour's place: the curve does not bend there.
    const before = stroke[i - 1] ?? from;
    const after = stroke[i + 2] ?? to;
    for (let piece = 1; piece <= PIECES; piece++) {
      const t = piece / PIECES;
      line.push(curve(before[0], from[0], to[0], after[0], t));
      line.push(curve(before[1], from[1], to[1], after[1], t));
    }
  }
  return line;
}

/** The Catmull-Rom curve from `from` (t = 0) to `to` (t = 1), in one coordinate. */
function curve(before: number, from: number, to: number, after: number, t: number): number {
  const linear = (to - before) * t;
  const square = (2 * before - 5 * from + 4 * to - after) * t * t;
  const cube = (3 * from - before - 3 * to + after) * t * t * t;
  return from + (linear + square + cube) / 2;
}

function isSame(a: Point, b: Point): boolean {
  return a[0] === b[0] && a[1] === b[1];
}
