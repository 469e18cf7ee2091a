import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { previewData } from '../../../server/src/engine/data/preview/preview-data';
import { readData } from '../../../server/src/engine/data/read-data';
import type { CsvData, GlyphsData, IdxData } from '../../../server/src/spec/experiment';
import { counting, idxBytes, TestFolder } from './test-files';
import { textData } from './text-kit';

let folder: TestFolder;
beforeEach(() => {
  folder = new TestFolder();
});
afterEach(() => folder.remove());

const context = { name: 'set', seed: 5, resolvePath: (name: string) => folder.resolve(name) };
const shared = { test_fraction: 0.2, normalize: false, label_offset: 0 };

test('of IDX files, the first image of each label, counts and spread', async () => {
  folder.write('images', gzipSync(idxBytes([10, 2, 3], counting(60))));
  folder.write('labels', idxBytes([10], [3, 3, 1, 3, 1, 3, 3, 3, 3, 3]));
  const data: IdxData = { format: 'idx', images: 'images', labels: 'labels', ...shared };
  const preview = await previewData(data, context);
  expect(preview).toMatchObject({
    looked: 10,
    classes: [
      { label: '1', count: 2 },
      { label: '3', count: 8 },
    ],
    images: [
      { label: '1', width: 3, height: 2, pixels: Uint8Array.of(12, 13, 14, 15, 16, 17) },
      { label: '3', pixels: Uint8Array.of(0, 1, 2, 3, 4, 5) },
    ],
  });
  expect(preview?.spread?.mean).toBeCloseTo(29.5 / 255, 12);
  // The variance of 0, ..., n - 1 is (n^2 - 1) / 12.
  expect(preview?.spread?.deviation).toBeCloseTo(Math.sqrt((60 ** 2 - 1) / 12) / 255, 12);
  const cut = await previewData({ ...data, limit: 4 }, context);
  expect(cut?.looked).toBe(4);
});

test('rows of pixels without a height have numbers and no image', async () => {
  folder.write('images', idxBytes([4, 5], counting(20)));
  folder.write('labels', idxBytes([4], [0, 1, 0, 1]));
  const data: IdxData = { format: 'idx', images: 'images', labels: 'labels', ...shared };
  const preview = await previewData(data, context);
  expect(preview).toMatchObject({ looked: 4, classes: [{ label: '0' }, { label: '1' }] });
  expect(preview?.images).toBeUndefined();
});

test('a file that is not sound is refused', async () => {
  folder.write('images', idxBytes([10, 2, 3], counting(59)));
  folder.write('labels', idxBytes([10], counting(10)));
  const data: IdxData = { format: 'idx', images: 'images', labels: 'labels', ...shared };
  await expect(previewData(data, context)).rejects.toThrow('truncated');
  await expect(previewData({ ...data, images: 'nowhere' }, context)).rejects.toThrow('ENOENT');
});

test('glyphs are those that a run draws', async () => {
  const data: GlyphsData = {
    ...{ format: 'glyphs', alphabet: 'digits', train: 300, test: 10, size: 12 },
    ...{ normalize: false, label_offset: 0 },
  };
  const preview = await previewData(data, context);
  const { train } = readData('set', data, context);
  expect(preview?.looked).toBe(200);
  expect(preview?.classes.map(({ count }) => count)).toEqual(Array(10).fill(20));
  const first = train.labels.indexOf(7);
  const drawn = train.inputs.slice(144 * first, 144 * (first + 1));
  const image = preview?.images?.[7];
  expect(image?.label).toBe('7');
  expect(image?.pixels).toEqual(Uint8Array.from(drawn, (value) => Math.round(255 * value)));
});

test('of tables, the spread of the first columns but the label', async () => {
  folder.write('table', 'a,kind,b\n1,cat,10\n3,dog,10\n');
  const data: CsvData = { format: 'csv', file: 'table', header: true, label: 'kind', ...shared };
  expect(await previewData(data, context)).toEqual({
    looked: 2,
    classes: [
      { label: 'cat', count: 1 },
      { label: 'dog', count: 1 },
    ],
    columns: [
      { name: 'a', mean: 2, deviation: 1 },
      { name: 'b', mean: 10, deviation: 0 },
    ],
  });
});

test('of texts, the first ones, on one line each', async () => {
  folder.write('texts', 'good day\t1\nbad  day\t0\n' + 'so long '.repeat(40) + '\t1\n');
  const preview = await previewData(textData, context);
  expect(preview?.classes).toEqual([
    { label: '0', count: 1 },
    { label: '1', count: 2 },
  ]);
  expect(preview?.texts?.slice(0, 2)).toEqual([
    { label: '1', text: 'good day' },
    { label: '0', text: 'bad day' },
  ]);
  expect(preview?.texts?.[2]?.text).toHaveLength(120);
});
