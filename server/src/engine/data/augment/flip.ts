import { imageByImage } from './augmentation';

/** Left and right exchanged in every other image. */
export const flip = imageByImage((from, to, [height, width, channels], random) => {
  if (random.next() < 0.5) return;
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const source = (row * width + column) * channels;
      const target = (row * width + width - 1 - column) * channels;
      to.set(from.subarray(source, source + channels), target);
    }
});
