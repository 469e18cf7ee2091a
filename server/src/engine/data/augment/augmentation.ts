import type { Random } from '../../random';

/** Height, width and channels. */
export type ImageSize = readonly [height: number, width: number, channels: number];

/** Changes a batch of images [N, height, width, channels] in a way that leaves what they show; a new array. */
export type Augmentation = (images: Float32Array, size: ImageSize, random: Random) => Float32Array;

/** An augmentation that changes each image alone, into an array that holds a copy of it. */
export function imageByImage(
  change: (from: Float32Array, to: Float32Array, size: ImageSize, random: Random) => void,
): Augmentation {
  return (images, size, random) => {
    const changed = images.slice();
    const pixels = size[0] * size[1] * size[2];
    for (let at = 0; at < images.length; at += pixels)
      change(images.subarray(at, at + pixels), changed.subarray(at, at + pixels), size, random);
    return changed;
  };
}

/** A number between -1 and 1. */
export function signed(random: Random): number {
  return 2 * random.next() - 1;
}
