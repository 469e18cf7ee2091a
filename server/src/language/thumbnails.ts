/** Small images side by side, as a picture that Markdown can hold. */
import type { PreviewImage } from '../engine/data/preview/data-preview';
import { png } from './png';
import type { Bitmap } from './png';

/** Images that a hover has room for. */
const MOST = 10;
/** Pixels of an image's longer side, at most, and at least where it can be doubled. */
const LARGEST = 48;
const GAP = 4;

/** The images as one Markdown image, from left to right; undefined without any. */
export function thumbnails(images: readonly PreviewImage[]): string | undefined {
  const shown = images.slice(0, MOST);
  if (shown.length === 0) return undefined;
  const strip = sideBySide(shown.map(fitted));
  const words = `one image each of ${shown.map(({ label }) => label).join(', ')}`;
  const data = Buffer.from(png(strip)).toString('base64');
  return `![${words.replace(/[[\]]/g, '')}](data:image/png;base64,${data})`;
}

/** An image with opacity, about as large as the others: pixels are repeated, or left out. */
function fitted({ width, height, channels, pixels }: PreviewImage): Bitmap {
  const longer = Math.max(width, height);
  const scale = longer > LARGEST ? LARGEST / longer : Math.floor(LARGEST / longer);
  const [w, h] = [width, height].map((side) => Math.max(1, Math.round(side * scale)));
  const fit = { width: w ?? 1, height: h ?? 1 };
  const out = new Uint8Array(4 * fit.width * fit.height);
  for (let y = 0; y < fit.height; y++)
    for (let x = 0; x < fit.width; x++) {
      const row = Math.min(height - 1, Math.floor(y / scale));
      const at = channels * (row * width + Math.min(width - 1, Math.floor(x / scale)));
      const colour = [0, 1, 2].map((part) => pixels[at + Math.min(part, channels - 1)] ?? 0);
      out.set([...colour, 255], 4 * (y * fit.width + x));
    }
  return { ...fit, channels: 4, pixels: out };
}

function sideBySide(images: readonly Bitmap[]): Bitmap {
  const width = images.reduce((sum, image) => sum + image.width + GAP, -GAP);
  const height = Math.max(...images.map((image) => image.height));
  const pixels = new Uint8Array(4 * width * height);
  let left = 0;
  for (const image of images) {
    for (let y = 0; y < image.height; y++) {
      const row = image.pixels.subarray(4 * y * image.width, 4 * (y + 1) * image.width);
      pixels.set(row, 4 * (y * width + left));
    }
    left += image.width + GAP;
  }
  return { width, height, channels: 4, pixels };
}
