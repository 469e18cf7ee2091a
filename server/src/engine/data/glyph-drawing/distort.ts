import type { Random } from '../../random';
import type { GlyphShape, Point } from './glyph-shape';
import type { Hand } from './hand';

/**
 * The shape as one unsteady hand would write it: each point strays, then the whole is stretched, slanted, turned and
 * moved. Points that strokes share stray together, so that joints stay closed and corners stay corners.
 */
export function distort(shape: GlyphShape, hand: Hand, random: Random): GlyphShape {
  const place = affine(hand, random);
  const moved = new Map<string, Point>();
  const move = ([x, y]: Point): Point => {
    const key = `${x} ${y}`;
    const known = moved.get(key);
    if (known !== undefined) return known;
    const strayed = place([x + hand.jitter * random.normal(), y + hand.jitter * random.normal()]);
    moved.set(key, strayed);
    return strayed;
  };
  return shape.map((stroke) => stroke.map(move));
}

/** A random affine map about the middle of the image. */
function affine(hand: Hand, random: Random): (point: Point) => Point {
  const angle = hand.rotation * random.normal();
  const slant = hand.slant * random.normal();
  const [width, height] = [scale(hand, random), scale(hand, random)];
  const [dx, dy] = [hand.shift * (2 * random.next() - 1), hand.shift * (2 * random.next() - 1)];
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return ([x, y]) => {
    const v = height * (y - 0.5);
    const u = width * (x - 0.5) - slant * v;
    return [0.5 + dx + cos * u - sin * v, 0.5 + dy + sin * u + cos * v];
  };
}

function scale(hand: Hand, random: Random): number {
  return hand.smallest + (hand.largest - hand.smallest) * random.next();
}
