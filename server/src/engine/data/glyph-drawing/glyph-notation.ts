import type { GlyphShape, Point } from './glyph-shape';

/**
 * A shape from one text a stroke: the points in hundredths of the image's width, `x,y`, apart by spaces. An exclamation
 * mark makes a point a corner: `'25,15 75,15! 45,90'` is a seven.
 */
export function shape(...strokes: readonly string[]): GlyphShape {
  return strokes.map((stroke) => stroke.split(' ').flatMap(readPoint));
}

function readPoint(text: string): Point[] {
  const [x = NaN, y = NaN] = text.replace('!', '').split(',').map(Number);
  const point: Point = [x / 100, y / 100];
  return text.endsWith('!') ? [point, point] : [point];
}
