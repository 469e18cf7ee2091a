/**
 * Draws polylines with a round pen, anti-aliased by each pixel's distance to the line.
 * @param lines corners in pixels, flat: x0, y0, x1, y1, ...
 * @param radius half the width of the pen, in pixels
 * @param image `size` times `size` values; the coverage of each pixel, 0 to 1, is written here
 */
export function rasterize(
  lines: readonly (readonly number[])[],
  radius: number,
  size: number,
  image: Float64Array,
): void {
  image.fill(Infinity);
  for (const line of lines) {
    for (let i = 0; i + 3 < line.length; i += 2) {
      measure(line[i]!, line[i + 1]!, line[i + 2]!, line[i + 3]!, radius + 1, size, image);
    }
  }
  for (let i = 0; i < image.length; i++) {
    image[i] = Math.min(1, Math.max(0, radius + 0.5 - Math.sqrt(image[i]!)));
  }
}

/** Lowers the squared distances of all pixels within `reach` of the piece from (x0, y0) to (x1, y1). */
function measure(
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  reach: number,
  size: number,
  squares: Float64Array,
): void {
  const dx = x1 - x0;
  const dy = y1 - y0;
  const length = dx * dx + dy * dy || 1;
  const left = Math.max(0, Math.floor(Math.min(x0, x1) - reach));
  const right = Math.min(size - 1, Math.ceil(Math.max(x0, x1) + reach));
  const top = Math.max(0, Math.floor(Math.min(y0, y1) - reach));
  const bottom = Math.min(size - 1, Math.ceil(Math.max(y0, y1) + reach));
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      const px = column + 0.5 - x0;
      const py = row + 0.5 - y0;
      const along = Math.min(1, Math.max(0, (px * dx + py * dy) / length));
      const square = (px - along * dx) ** 2 + (py - along * dy) ** 2;
      const place = row * size + column;
      if (square < squares[place]!) squares[place] = square;
    }
  }
}
