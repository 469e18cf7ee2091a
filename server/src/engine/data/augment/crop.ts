import { imageByImage, signed } from './augmentation';

/** Of the side, the most to either side: 4 of 32 pixels, as is usual for CIFAR. */
const SHIFT = 0.125;

/** A crop of the image with its border repeated outwards: a shift by whole pixels. */
export const crop = imageByImage((from, to, [height, width, channels], random) => {
  const down = Math.round(SHIFT * height * signed(random));
  const right = Math.round(SHIFT * width * signed(random));
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const r = Math.min(Math.max(row + down, 0), height - 1);
      const c = Math.min(Math.max(column + right, 0), width - 1);
      const source = (r * width + c) * channels;
      to.set(from.subarray(source, source + channels), (row * width + column) * channels);
    }
});
