import type { Random } from '../../random';
import { distort } from './distort';
import { flattenStroke } from './flatten-stroke';
import type { GlyphShape } from './glyph-shape';
import type { Hand } from './hand';
import { rasterize } from './rasterize';

/**
 * Draws one sample of a character into `pixels`: 0 is paper, 1 is full ink.
 * @param ways the ways in which the character is written; one is drawn at random
 * @param pixels `size` times `size` values to fill, in steps of 1/255 as in a scanned image
 */
export function drawGlyph(
  ways: readonly GlyphShape[],
  hand: Hand,
  size: number,
  random: Random,
  pixels: Float32Array,
): void {
  const shape = distort(ways[random.integer(ways.length)]!, hand, random);
  const lines = shape.map((stroke) => flattenStroke(stroke).map((position) => position * size));
  const radius = between(hand.thinnest, hand.thickest, random) * size;
  const image = new Float64Array(size * size);
  rasterize([...lines, ...specks(hand, size, random)], radius, size, image);
  const brightness = between(hand.palest, 1, random);
  for (let i = 0; i < image.length; i++) {
    const value = image[i]! * brightness + hand.noise * random.normal();
    pixels[i] = Math.round(255 * Math.min(1, Math.max(0, value))) / 255;
  }
}

/** Short dashes of dirt, in pixels. */
function specks(hand: Hand, size: number, random: Random): number[][] {
  return Array.from({ length: random.integer(hand.specks + 1) }, () => {
    const [x, y] = [random.next() * size, random.next() * size];
    return [x, y, x + random.normal(), y + random.normal()];
  });
}

function between(low: number, high: number, random: Random): number {
  return low + (high - low) * random.next();
}
