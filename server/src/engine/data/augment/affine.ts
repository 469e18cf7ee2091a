import { imageByImage, signed, type ImageSize } from './augmentation';

/** Radians, shares and shares of the side, each the most to either side. */
const [ROTATION, SCALE, SHEAR, SHIFT] = [0.25, 0.15, 0.2, 0.12];

/** Rotated, scaled, sheared and shifted about the middle, by bilinear interpolation; beyond the border lie the border's pixels. */
export const affine = imageByImage((from, to, size, random) => {
  const [height, width, channels] = size;
  const angle = ROTATION * signed(random);
  const scale = 1 + SCALE * signed(random);
  const shear = SHEAR * signed(random);
  const [down, right] = [SHIFT * height * signed(random), SHIFT * width * signed(random)];
  const [cos, sin] = [Math.cos(angle) * scale, Math.sin(angle) * scale];
  const [middleRow, middleColumn] = [(height - 1) / 2, (width - 1) / 2];
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const [y, x] = [row - middleRow, column - middleColumn + shear * (row - middleRow)];
      const sourceRow = middleRow + cos * y - sin * x + down;
      const sourceColumn = middleColumn + sin * y + cos * x + right;
      for (let channel = 0; channel < channels; channel++)
        to[(row * width + column) * channels + channel] = interpolate(
          from,
          size,
          [sourceRow, sourceColumn],
          channel,
        );
    }
});

function interpolate(
  image: Float32Array,
  [height, width, channels]: ImageSize,
  [row, column]: readonly [number, number],
  channel: number,
): number {
  const [top, left] = [Math.floor(row), Math.floor(column)];
  const [below, beside] = [row - top, column - left];
  const within = (at: number, extent: number) => Math.min(Math.max(at, 0), extent - 1);
  const pixel = (r: number, c: number) =>
    image[(within(r, height) * width + within(c, width)) * channels + channel] ?? 0;
  const upper = (1 - beside) * pixel(top, left) + beside * pixel(top, left + 1);
  const lower = (1 - beside) * pixel(top + 1, left) + beside * pixel(top + 1, left + 1);
  return (1 - below) * upper + below * lower;
}
