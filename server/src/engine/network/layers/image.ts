import { ShapeError } from './layer';
import { shapeText } from './unary';

/** Height, width and channels of an image. */
export type ImageShape = readonly [height: number, width: number, channels: number];

/**
 * The shape of one sample, as that of an image.
 * @throws ShapeError where it is none
 */
export function asImage(shape: readonly number[]): ImageShape {
  const [height, width, channels] = shape;
  if (shape.length === 3 && height !== undefined && width !== undefined && channels !== undefined)
    return [height, width, channels];
  throw new ShapeError(`needs images (height x width x channels) and is given ${shapeText(shape)}`);
}

/** Windows that slide over an image. */
export interface Windows {
  kernel: number;
  stride: number;
  /** Zeros around the image, on each side. */
  padding: number;
}

/**
 * How many windows fit along one side of an image.
 * @throws ShapeError where none does
 */
export function windowCount(extent: number, { kernel, stride, padding }: Windows): number {
  const count = Math.floor((extent + 2 * padding - kernel) / stride) + 1;
  if (count >= 1) return count;
  throw new ShapeError(
    `has windows of ${kernel} x ${kernel}, larger than its input of ${extent}` +
      (padding > 0 ? ` with a padding of ${padding}` : ''),
  );
}
