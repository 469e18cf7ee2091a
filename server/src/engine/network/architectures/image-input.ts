import { ShapeError } from '../layers/layer';
import { shapeText } from '../layers/unary';

/**
 * The shape of image samples with their channels: gray images have one.
 * @throws ShapeError where the samples are no images
 */
export function imageInput(shape: readonly number[]): readonly number[] {
  if (shape.length === 2) return [...shape, 1];
  if (shape.length === 3) return shape;
  throw new ShapeError(`it reads images, and the samples are ${shapeText(shape)} numbers in a row`);
}
