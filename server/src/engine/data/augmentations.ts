import type { Keep } from '../../spec/experiment';
import type { Random } from '../random';
import { affine } from './augment/affine';
import type { Augmentation, ImageSize } from './augment/augmentation';
import { crop } from './augment/crop';
import { flip } from './augment/flip';
import { mixup } from './augment/mixup';
import { noise } from './augment/noise';

export type AugmentationName = NonNullable<Keep['augment']>[number];
export type ImageWay = Exclude<AugmentationName, 'drop' | 'rotate' | 'splice'>;

/** The augmentations of images by the names that specs give them. */
const AUGMENTATIONS: Readonly<Record<ImageWay, Augmentation>> = {
  affine,
  crop,
  flip,
  noise,
  mixup,
};

/** Images after these augmentations, one after the other; a new array. */
export function augmented(
  images: Float32Array,
  size: ImageSize,
  names: readonly ImageWay[],
  random: Random,
): Float32Array {
  let changed: Float32Array = images.slice();
  for (const name of names) changed = AUGMENTATIONS[name](changed, size, random);
  return changed;
}

/** The size of images whose samples have this shape; undefined where samples are no images. */
export function imageSizeOf(shape: readonly number[]): ImageSize | undefined {
  const [height, width, channels = 1] = shape;
  if (height === undefined || width === undefined || shape.length > 3) return undefined;
  return [height, width, channels];
}
