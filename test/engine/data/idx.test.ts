import { mkdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dataFacts, inspectData } from '../../../server/src/engine/data/inspect/inspect-data';
import { readData } from '../../../server/src/engine/data/read-data';
import type { IdxData } from '../../../server/src/spec/experiment';
import { counting, idxBytes, TestFolder } from './test-files';

const images = idxBytes([10, 2, 3], counting(60));
const labels = idxBytes([10], counting(10));
const data: IdxData = {
  format: 'idx',
  images: 'images',
  labels: 'labels',
  test_fraction: 0.2,
  normalize: false,
  label_offset: 0,
};

let folder: TestFolder;
beforeEach(() => {
  folder = new TestFolder();
  folder.write('images', images);
  folder.write('labels', labels);
});
afterEach(() => folder.remove());

const read = (changes: Partial<IdxData> = {}) =>
  readData('set', { ...data, ...changes }, { seed: 1, resolvePath: folder.resolve });

describe('reading IDX files', () => {
  test('gives bytes as numbers from 0 to 1, each image with its label', () => {
    const { train, test: held, inputShape, classes } = read();
    expect([train.count, held.count, inputShape, classes]).toEqual([8, 2, [2, 3], 10]);
    for (const { inputs, labels: read, count } of [train, held]) {
      for (let i = 0; i < count; i++) {
        const first = 6 * read[i]!;
        const expected = Float32Array.from({ length: 6 }, (_, pixel) => (first + pixel) / 255);
        expect(inputs.slice(6 * i, 6 * i + 6)).toEqual(expected);
      }
    }
    expect([...train.labels, ...held.labels].sort()).toEqual(counting(10));
  });

  test('reads packed files like plain ones, and in the order of the files where test files are named', () => {
    folder.write('images.gz', gzipSync(images));
    folder.write('labels.gz', gzipSync(labels));
    const packed = read({
      images: 'images.gz',
      labels: 'labels.gz',
      test: { images: 'images', labels: 'labels' },
    });
    expect([...packed.train.labels]).toEqual(counting(10));
    expect(packed.test).toEqual(packed.train);
  });

  test('unpacks files that are gzip without the name', () => {
    folder.write('images', gzipSync(images));
    expect(read().train.count).toBe(8);
  });

  test('reads images that are rows of pixels', () => {
    folder.write('images', idxBytes([10, 6], counting(60)));
    expect(read().inputShape).toEqual([6]);
  });

  test('adds the offset to labels and classes', () => {
    const { train, classes } = read({ label_offset: 10 });
    expect(Math.min(...train.labels)).toBeGreaterThanOrEqual(10);
    expect(classes).toBe(20);
  });

  test('keeps so many training samples as `limit` says, and all classes', () => {
    const { train, test: held, classes } = read({ limit: 3 });
    expect([train.count, train.inputs.length, train.labels.length]).toEqual([3, 18, 3]);
    expect([held.count, classes]).toEqual([2, 10]);
    expect(read({ limit: 99 }).train.count).toBe(8);
  });
});

interface Trouble {
  title: string;
  files: Record<string, Uint8Array>;
  changes?: Partial<IdxData>;
  pointer: string;
  code: string;
  message: string;
  /** Found only by unpacking all of the images, which the editor does not do. */
  hidden?: boolean;
}

const damaged = gzipSync(idxBytes([10, 20, 20], counting(4000)));
damaged.fill(0xaa, 40, 60);

const troubles: Trouble[] = [
  {
    title: 'a missing file',
    files: {},
    changes: { images: 'imags' },
    pointer: '/images',
    code: 'fip/file-missing',
    message: 'Did you mean `images`?',
  },
  {
    title: 'a missing folder',
    files: {},
    changes: { labels: 'nowhere/labels' },
    pointer: '/labels',
    code: 'fip/file-missing',
    message: 'nowhere does not exist',
  },
  {
    title: 'a path through a file',
    files: {},
    changes: { labels: 'images/labels' },
    pointer: '/labels',
    code: 'fip/file-missing',
    message: 'no file `images/labels`',
  },
  {
    title: 'an empty file',
    files: { images: Buffer.alloc(0) },
    pointer: '/images',
    code: 'fip/data-empty',
    message: '`images` is empty',
  },
  {
    title: 'a file of three bytes',
    files: { labels: Buffer.from([0, 0, 8]) },
    pointer: '/labels',
    code: 'fip/data-truncated',
    message: 'only 3 bytes',
  },
  {
    title: 'a header cut short',
    files: { images: images.subarray(0, 10) },
    pointer: '/images',
    code: 'fip/data-truncated',
    message: 'only 10 bytes',
  },
  {
    title: 'another format',
    files: { images: Buffer.from('<!doctype html><title>Not found</title>') },
    pointer: '/images',
    code: 'fip/data-malformed',
    message: 'a web page saved in its place?',
  },
  {
    title: 'values of another type',
    files: { images: idxBytes([1, 2, 2], counting(16), 0x0d) },
    pointer: '/images',
    code: 'fip/data-malformed',
    message: 'holds 32-bit floats',
  },
  {
    title: 'labels in place of images',
    files: { images: labels },
    pointer: '/images',
    code: 'fip/data-mislabelled',
    message: '`images` holds labels',
  },
  {
    title: 'images in place of labels',
    files: { labels: images },
    pointer: '/labels',
    code: 'fip/data-mislabelled',
    message: '`labels` holds images',
  },
  {
    title: 'four dimensions',
    files: { images: idxBytes([10, 2, 3, 1], counting(60)) },
    pointer: '/images',
    code: 'fip/data-malformed',
    message: '4 dimensions',
  },
  {
    title: 'no samples',
    files: { images: idxBytes([0, 2, 3], []) },
    pointer: '/images',
    code: 'fip/data-empty',
    message: 'holds no images: its header says 0 x 2 x 3',
  },
  {
    title: 'a header that promises more memory than there is',
    files: { images: gzipSync(idxBytes([4e9, 4e9, 4e9], counting(60))) },
    changes: { images: 'images' },
    pointer: '/images',
    code: 'fip/data-truncated',
    message: 'truncated to 76',
  },
  {
    title: 'missing values',
    files: { images: images.subarray(0, 70) },
    pointer: '/images',
    code: 'fip/data-truncated',
    message: '76 bytes for 10 x 2 x 3 values, but it is truncated to 70',
  },
  {
    title: 'bytes at the end',
    files: { labels: Buffer.concat([labels, Buffer.from([1])]) },
    pointer: '/labels',
    code: 'fip/data-malformed',
    message: 'more bytes follow',
  },
  {
    title: 'packed bytes at the end',
    files: { images: gzipSync(Buffer.concat([images, Buffer.alloc(5000)])) },
    pointer: '/images',
    code: 'fip/data-malformed',
    message: 'more bytes follow',
  },
  {
    title: 'packed values that are missing',
    files: { images: gzipSync(images.subarray(0, 70)) },
    pointer: '/images',
    code: 'fip/data-truncated',
    message: 'truncated to 70',
  },
  {
    title: 'a packed file cut short',
    files: { 'i.gz': gzipSync(images).subarray(0, -12) },
    changes: { images: 'i.gz' },
    pointer: '/images',
    code: 'fip/data-truncated',
    message: 'the gzip data ends too early',
  },
  {
    title: 'a plain file named .gz',
    files: { 'i.gz': images },
    changes: { images: 'i.gz' },
    pointer: '/images',
    code: 'fip/data-malformed',
    message: 'named .gz but is not gzip-compressed',
  },
  {
    title: 'damaged images',
    files: { images: damaged },
    pointer: '/images',
    code: 'fip/data-malformed',
    message: 'is damaged',
    hidden: true,
  },
  {
    title: 'damaged labels',
    files: { labels: gzipSync(labels).fill(0, 15, 20) },
    pointer: '/labels',
    code: 'fip/data-malformed',
    message: 'is damaged',
  },
  {
    title: 'fewer labels than images',
    files: { labels: idxBytes([9], counting(9)) },
    pointer: '/labels',
    code: 'fip/data-mismatch',
    message: '`labels` has 9 labels, but `images` has 10 images',
  },
  {
    title: 'test images of another shape',
    files: { t: idxBytes([10, 3, 2], counting(60)) },
    changes: { test: { images: 't', labels: 'labels' } },
    pointer: '/test/images',
    code: 'fip/data-mismatch',
    message: '3 x 2 pixels, but the training images are 2 x 3',
  },
  {
    title: 'missing test labels',
    files: {},
    changes: { test: { images: 'images', labels: 'test-labels' } },
    pointer: '/test/labels',
    code: 'fip/file-missing',
    message: 'no file `test-labels`',
  },
  {
    title: 'one sample that is to be split',
    files: { images: idxBytes([1, 2, 3], counting(6)), labels: idxBytes([1], [0]) },
    pointer: '/images',
    code: 'fip/data-empty',
    message: 'only one sample',
  },
];

describe.each(troubles)('$title', ({ files, changes, pointer, code, message, hidden }) => {
  beforeEach(() => {
    for (const [name, bytes] of Object.entries(files)) folder.write(name, bytes);
  });

  test('stops the reader with the key of the spec', () => {
    const error = errorOf(() => read(changes));
    expect(error).toMatchObject({ name: 'EngineError', code, pointer: `/data/set${pointer}` });
    expect(error).toHaveProperty('message', expect.stringContaining(message));
  });

  if (hidden) return;
  test('is found by the editor', async () => {
    const findings = await inspectData({ ...data, ...changes }, folder.resolve);
    expect(findings).toEqual([
      { pointer, code, severity: 'error', message: expect.stringContaining(message) as string },
    ]);
    expect(await dataFacts({ ...data, ...changes }, folder.resolve)).toBeUndefined();
  });
});

test('a folder in place of a file is refused', () => {
  mkdirSync(folder.resolve('sub'));
  expect(errorOf(() => read({ images: 'sub' }))).toMatchObject({ code: 'fip/data-unreadable' });
});

describe('inspecting IDX files', () => {
  const inspected = (changes: Partial<IdxData> = {}) =>
    dataFacts({ ...data, ...changes }, folder.resolve);

  test('tells what the reader will give', async () => {
    for (const changes of [{}, { limit: 3 }, { label_offset: 10 }, { test_fraction: 0.5 }]) {
      const { train, test: held, inputShape, classes } = read(changes);
      expect(await inspected(changes)).toEqual({
        trainCount: train.count,
        testCount: held.count,
        inputShape: [...inputShape],
        largestLabel: classes - 1,
        classes: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
      });
    }
  });

  test('looks at packed files and test files', async () => {
    folder.write('t-images.gz', gzipSync(idxBytes([4, 2, 3], counting(24))));
    folder.write('t-labels.gz', gzipSync(idxBytes([4], [0, 0, 30, 0])));
    const named = { test: { images: 't-images.gz', labels: 't-labels.gz' } };
    expect(await inspected(named)).toEqual({
      trainCount: 10,
      testCount: 4,
      inputShape: [2, 3],
      largestLabel: 30,
      classes: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 30],
    });
  });

  test('accepts a file that was packed in two parts', async () => {
    folder.write(
      'images',
      Buffer.concat([gzipSync(images.subarray(0, 30)), gzipSync(images.subarray(30))]),
    );
    expect(await inspected()).toHaveProperty('trainCount', 8);
    expect(read().train.count).toBe(8);
  });

  test('sees that a file was repaired', async () => {
    folder.write('labels', labels.subarray(0, 12));
    expect(await inspected()).toBeUndefined();
    folder.write('labels', labels);
    expect(await inspected()).toHaveProperty('testCount', 2);
  });

  test('reports the trouble of every file at once', async () => {
    const changes = { images: 'a', labels: 'b', test: { images: 'c', labels: 'd' } };
    const findings = await inspectData({ ...data, ...changes }, folder.resolve);
    expect(findings.map(({ pointer }) => pointer)).toEqual([
      '/images',
      '/labels',
      '/test/images',
      '/test/labels',
    ]);
  });

  test('warns of a limit that is larger than the training set', async () => {
    const findings = await inspectData({ ...data, limit: 9 }, folder.resolve);
    expect(findings).toMatchObject([{ pointer: '/limit', severity: 'warning' }]);
    expect(await inspectData({ ...data, limit: 8 }, folder.resolve)).toEqual([]);
  });
});

function errorOf(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}
