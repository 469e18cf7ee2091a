import type { GlyphsData } from '../../spec/experiment';
import { Random } from '../random';
import { digits } from './glyph-drawing/digits';
import { drawGlyph } from './glyph-drawing/draw-glyph';
import type { Alphabet } from './glyph-drawing/glyph-shape';
import { hand } from './glyph-drawing/hand';
import { letters } from './glyph-drawing/letters';
import type { DataReader, RawSamples } from './raw-data';

const alphabets: Readonly<Record<GlyphsData['alphabet'], Alphabet>> = { digits, letters };

/** Draws glyphs. The two splits draw from streams of their own, so a larger one begins with the smaller one's images. */
export const readGlyphs: DataReader<GlyphsData> = (data, { name, seed }) => {
  const alphabet = alphabets[data.alphabet];
  const keys = [seed, 'data', name, data.alphabet];
  return {
    inputShape: [data.size, data.size],
    train: draw(alphabet, data.train, data.size, [...keys, 'train']),
    test: draw(alphabet, data.test, data.size, [...keys, 'test']),
    scale: 1,
    normalizeBy: 'image',
    classes: alphabet.length,
  };
};

function draw(
  alphabet: Alphabet,
  count: number,
  size: number,
  keys: (string | number)[],
): RawSamples {
  const random = Random.of(...keys);
  const features = size * size;
  const values = new Float32Array(count * features);
  const labels = balancedLabels(count, alphabet.length, Random.of(...keys, 'labels'));
  labels.forEach((label, i) => {
    const pixels = values.subarray(i * features, (i + 1) * features);
    drawGlyph(alphabet[label]!, hand, size, random, pixels);
  });
  return { count, values, labels };
}

/** Labels in blocks that hold each class once, in random order: every split of any size is balanced. */
function balancedLabels(count: number, classes: number, random: Random): Int32Array {
  const labels = new Int32Array(count);
  for (let start = 0; start < count; start += classes) {
    labels.set(random.permutation(classes).subarray(0, count - start), start);
  }
  return labels;
}
