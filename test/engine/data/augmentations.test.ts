/** What augmentations change and what they leave. */
import { describe, expect, test } from 'vitest';
import { augmented, imageSizeOf } from '../../../server/src/engine/data/augmentations';
import { Random } from '../../../server/src/engine/random';

const size = [12, 10, 2] as const;
const [height, width, channels] = size;
const COUNT = 6;
const pixels = height * width * channels;

function images(): Float32Array {
  const random = Random.of('images');
  return Float32Array.from({ length: COUNT * pixels }, () => random.normal());
}

const names = ['affine', 'crop', 'flip', 'noise', 'mixup'] as const;
const change = (name: (typeof names)[number], from = images(), seed = 1) =>
  augmented(from, size, [name], Random.of('augment', seed));

describe.each(names)('%s', (name) => {
  test('is seeded, changes something, and leaves its input alone', () => {
    const from = images();
    const changed = change(name, from);
    expect(from).toEqual(images());
    expect(changed).toHaveLength(from.length);
    expect(changed).not.toEqual(from);
    expect(changed.every(Number.isFinite)).toBe(true);
    expect(change(name)).toEqual(changed);
    expect(change(name, from, 2)).not.toEqual(changed);
  });

  test('leaves an image of one colour as it is', () => {
    const even = new Float32Array(COUNT * pixels).fill(0.75);
    for (const value of change(name, even)) expect(value).toBeCloseTo(0.75, 5);
  });
});

test('flip exchanges left and right in about half of the images', () => {
  const many = new Float32Array(200 * 4);
  for (let i = 0; i < 200; i++) many.set([1, 2, 3, 4], 4 * i);
  const flipped = augmented(many, [1, 4, 1], ['flip'], Random.of('flip'));
  let count = 0;
  for (let i = 0; i < 200; i++) {
    const image = [...flipped.subarray(4 * i, 4 * i + 4)];
    if (image[0] === 4) count++;
    expect([
      [1, 2, 3, 4],
      [4, 3, 2, 1],
    ]).toContainEqual(image);
  }
  expect(count).toBeGreaterThan(60);
  expect(count).toBeLessThan(140);
});

test('crop moves by whole pixels: every pixel is one of the image, channels together', () => {
  const from = images();
  const changed = change('crop');
  for (let i = 0; i < COUNT; i++) {
    const pairs = (all: Float32Array) =>
      Array.from({ length: height * width }, (_, k) =>
        all.subarray(i * pixels + k * channels, i * pixels + (k + 1) * channels).join(),
      );
    const known = new Set(pairs(from));
    for (const pair of pairs(changed)) expect(known.has(pair)).toBe(true);
  }
});

test('affine keeps the values within those of the image and its middle near the middle', () => {
  const spot = new Float32Array(400);
  for (const at of [189, 190, 209, 210]) spot[at] = 1;
  for (let seed = 0; seed < 30; seed++) {
    const changed = augmented(spot, [20, 20, 1], ['affine'], Random.of('spot', seed));
    expect(Math.max(...changed)).toBeLessThanOrEqual(1);
    expect(Math.min(...changed)).toBeGreaterThanOrEqual(0);
    const mass = changed.reduce((a, b) => a + b, 0);
    const mean = (of: (i: number) => number) =>
      changed.reduce((sum, v, i) => sum + v * of(i), 0) / mass;
    // A shift of 12 % of 20 pixels, after scaling.
    expect(Math.abs(mean((i) => Math.floor(i / 20)) - 9.5)).toBeLessThan(3.5);
    expect(Math.abs(mean((i) => i % 20) - 9.5)).toBeLessThan(3.5);
  }
});

test('noise is a tenth of the deviation of the image', () => {
  const from = images();
  const added = change('noise', from).map((value, i) => value - from[i]!);
  const deviation = Math.sqrt(added.reduce((sum, v) => sum + v * v, 0) / added.length);
  expect(deviation).toBeGreaterThan(0.09);
  expect(deviation).toBeLessThan(0.11);
});

test('augmentations follow one another', () => {
  const both = augmented(images(), size, ['flip', 'noise'], Random.of('augment', 1));
  const random = Random.of('augment', 1);
  const one = augmented(images(), size, ['flip'], random);
  expect(augmented(one, size, ['noise'], random)).toEqual(both);
});

test('images have two axes or three', () => {
  expect(imageSizeOf([28, 28])).toEqual([28, 28, 1]);
  expect(imageSizeOf([32, 32, 3])).toEqual([32, 32, 3]);
  expect(imageSizeOf([784])).toBeUndefined();
});
