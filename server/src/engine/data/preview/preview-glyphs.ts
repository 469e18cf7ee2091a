import type { GlyphsData } from '../../../spec/experiment';
import { readGlyphs } from '../glyphs';
import type { Previewer } from './data-preview';
import { previewImages } from './image-samples';

/** Images that are drawn for a look: hundredths of a second. */
const LOOKED = 200;

/** The first images of a run: a set begins with the images of a smaller one. */
export const previewGlyphs: Previewer<GlyphsData> = (data, context) => {
  const train = Math.min(data.train, LOOKED);
  const raw = readGlyphs({ ...data, train, test: 0 }, context);
  const pixels = Uint8Array.from(raw.train.values, (value) => Math.round(255 * value));
  return previewImages({
    width: data.size,
    height: data.size,
    pixels,
    labels: [...raw.train.labels],
  });
};
