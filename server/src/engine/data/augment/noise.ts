import { imageByImage } from './augmentation';

/** Of the standard deviation of the image's own pixels. */
const DEVIATION = 0.1;

/** Normal noise on every pixel. */
export const noise = imageByImage((from, to, _size, random) => {
  const mean = from.reduce((sum, pixel) => sum + pixel, 0) / from.length;
  const variance = from.reduce((sum, pixel) => sum + (pixel - mean) ** 2, 0) / from.length;
  const deviation = DEVIATION * Math.sqrt(variance);
  from.forEach((pixel, i) => (to[i] = pixel + deviation * random.normal()));
});
