import { countLabels, spreadOf } from './data-preview';
import type { DataPreview, PreviewImage } from './data-preview';

/** Images in a row, one number a pixel from 0 to 255, with their labels. */
export interface GreyImages {
  width: number;
  height: number;
  pixels: Uint8Array;
  labels: readonly number[];
}

/** What the first images of a set show. */
export function previewImages({ width, height, pixels, labels }: GreyImages): DataPreview {
  const size = width * height;
  const texts = labels.map(String);
  const classes = countLabels(texts);
  const images = classes.map(({ label }): PreviewImage => {
    const at = texts.indexOf(label) * size;
    return { label, width, height, channels: 1, pixels: pixels.subarray(at, at + size) };
  });
  return { looked: labels.length, classes, spread: spreadOf(pixels, 1 / 255), images };
}
