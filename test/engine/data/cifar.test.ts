import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dataFacts, inspectData } from '../../../server/src/engine/data/inspect/inspect-data';
import { readData } from '../../../server/src/engine/data/read-data';
import type { CifarData } from '../../../server/src/spec/experiment';
import { TestFolder } from './test-files';

const PIXELS = 32 * 32;

/** The byte at a row, a column and a colour of a generated picture: no two pictures are alike. */
const pixel = (picture: number, row: number, column: number, colour: number): number =>
  (picture * 31 + row * 7 + column * 3 + colour * 101) % 256;

/** A record: its label bytes, then all reds, all greens, all blues, row by row. */
function record(labels: readonly number[], picture: number): Buffer {
  const bytes = Buffer.alloc(3 * PIXELS);
  for (let i = 0; i < bytes.length; i++) {
    const [colour, place] = [Math.floor(i / PIXELS), i % PIXELS];
    bytes[i] = pixel(picture, Math.floor(place / 32), place % 32, colour);
  }
  return Buffer.concat([Buffer.from(labels), bytes]);
}

/** Records with these labels; pictures are numbered from `first`. */
const records = (labels: readonly (readonly number[])[], first = 0): Buffer =>
  Buffer.concat(labels.map((label, i) => record(label, first + i)));

const one = records([[3], [0], [9], [1]]);
const two = records([[7], [7], [2]], 4);
const hundred = records([
  [19, 99],
  [0, 40],
  [4, 0],
]);
const data: CifarData = {
  format: 'cifar',
  files: ['one.bin', 'two.bin'],
  test: { files: ['test.bin'] },
  labels: 'class',
  test_fraction: 0.2,
  normalize: false,
  label_offset: 0,
};

let folder: TestFolder;
beforeEach(() => {
  folder = new TestFolder();
  folder.write('one.bin', one);
  folder.write('two.bin', two);
  folder.write('test.bin', records([[5], [6]], 7));
  folder.write('hundred.bin', hundred);
});
afterEach(() => folder.remove());

const read = (changes: Partial<CifarData> = {}) =>
  readData('set', { ...data, ...changes }, { seed: 1, resolvePath: folder.resolve });
const fine: Partial<CifarData> = {
  files: ['hundred.bin'],
  test: { files: ['hundred.bin'] },
  labels: 'fine',
};

/** What the inputs of a picture should be: rows, columns, colours. */
const expectedInputs = (picture: number): Float32Array =>
  Float32Array.from(
    { length: 3 * PIXELS },
    (_, i) => pixel(picture, Math.floor(i / 96), Math.floor(i / 3) % 32, i % 3) / 255,
  );

describe('reading CIFAR files', () => {
  test('gives one file after the other, colours last', () => {
    const { train, test: held, inputShape, classes, pixels } = read();
    expect([train.count, held.count, inputShape, classes]).toEqual([7, 2, [32, 32, 3], 10]);
    expect([...train.labels]).toEqual([3, 0, 9, 1, 7, 7, 2]);
    expect([...held.labels]).toEqual([5, 6]);
    for (let i = 0; i < 7; i++)
      expect(train.inputs.slice(3072 * i, 3072 * (i + 1))).toEqual(expectedInputs(i));
    expect(held.inputs.slice(3072)).toEqual(expectedInputs(8));
    expect(pixels).toEqual({ mean: 0, deviation: 1 });
  });

  test('reads packed files like plain ones', () => {
    folder.write('one.bin.gz', gzipSync(one));
    folder.write('two.bin', gzipSync(two));
    expect(read({ files: ['one.bin.gz', 'two.bin'] }).train).toEqual(read().train);
  });

  test('sets samples aside where no test files are named, and takes no more than `limit`', () => {
    const { test: _, ...without } = data;
    const set = readData('set', without, { seed: 1, resolvePath: folder.resolve });
    expect([set.train.count, set.test.count]).toEqual([6, 1]);
    expect(read({ limit: 3 }).train.count).toBe(3);
  });

  test('adds the offset and normalises by all pixels', () => {
    const { train, classes, pixels } = read({ label_offset: 10, normalize: true });
    expect([Math.min(...train.labels), classes]).toEqual([10, 20]);
    const mean = train.inputs.reduce((sum, value) => sum + value / train.inputs.length, 0);
    expect(mean).toBeCloseTo(0, 5);
    expect(pixels!.deviation).toBeGreaterThan(0);
  });

  test('takes the label of CIFAR-100 that is asked for', () => {
    const { train, classes } = read(fine);
    expect([[...train.labels], classes]).toEqual([[99, 40, 0], 100]);
    expect(train.inputs.slice(3072, 6144)).toEqual(expectedInputs(1));
    const coarse = read({ ...fine, labels: 'coarse' });
    expect([[...coarse.train.labels], coarse.classes]).toEqual([[19, 0, 4], 20]);
  });
});

interface Trouble {
  title: string;
  files?: Record<string, Uint8Array>;
  changes?: Partial<CifarData>;
  pointer?: string;
  code: string;
  message: string;
}

const tar = Buffer.alloc(3 * 3073);
tar.write('cifar-10-batches-bin/data_batch_1.bin');
tar.write('ustar', 257);

const troubles: Trouble[] = [
  {
    title: 'a missing file',
    changes: { files: ['one.bin', 'tow.bin'] },
    pointer: '/files/1',
    code: 'fip/file-missing',
    message: 'Did you mean `two.bin`?',
  },
  {
    title: 'a missing file of public data',
    changes: { test: { files: ['cifar10/test_batch.bin'] } },
    pointer: '/test/files/0',
    code: 'fip/file-missing',
    message: '`fip data get cifar10`',
  },
  {
    title: 'an empty file',
    files: { 'two.bin': Buffer.alloc(0) },
    pointer: '/files/1',
    code: 'fip/data-empty',
    message: '`two.bin` is empty',
  },
  {
    title: 'a file cut short',
    files: { 'one.bin': one.subarray(0, 3100) },
    code: 'fip/data-truncated',
    message: "has 3100 bytes, which is no whole number of CIFAR-10's records (3073 bytes each)",
  },
  {
    title: 'packed records cut short',
    files: { 'one.bin': gzipSync(one.subarray(0, 3100)) },
    code: 'fip/data-truncated',
    message: 'has 3100 bytes',
  },
  {
    title: 'a packed file cut short',
    files: { 'one.bin': gzipSync(one).subarray(0, -12) },
    code: 'fip/data-truncated',
    message: 'the gzip data ends too early',
  },
  {
    title: 'a plain file named .gz',
    files: { 'a.gz': one },
    changes: { files: ['a.gz'] },
    code: 'fip/data-malformed',
    message: 'named .gz but is not gzip-compressed',
  },
  {
    title: 'CIFAR-100 in place of CIFAR-10',
    changes: { files: ['one.bin', 'hundred.bin'] },
    pointer: '/files/1',
    code: 'fip/data-mislabelled',
    message: '`labels: fine` or `labels: coarse`',
  },
  {
    title: 'CIFAR-10 in place of CIFAR-100',
    changes: { ...fine, test: { files: ['one.bin'] } },
    pointer: '/test/files/0',
    code: 'fip/data-mislabelled',
    message: 'holds records of CIFAR-10 (3073 bytes each), not of CIFAR-100',
  },
  {
    title: 'a label that is none',
    files: { 'two.bin': records([[1], [2], [10]]) },
    pointer: '/files/1',
    code: 'fip/data-malformed',
    message: 'Record 3 of `two.bin` has the label 10; those of CIFAR-10 go from 0 to 9',
  },
  {
    title: 'the archive that the files come in',
    files: { 'one.bin': gzipSync(tar) },
    code: 'fip/data-malformed',
    message: 'is a tar archive. Unpack it',
  },
  {
    title: 'the Python version',
    files: { 'one.bin': Buffer.from([0x80, 2, 0x7d, 0x71, 1]) },
    code: 'fip/data-malformed',
    message: 'is a file of the Python version',
  },
  {
    title: 'the Matlab version',
    files: { 'one.bin': Buffer.from('MATLAB 5.0 MAT-file') },
    code: 'fip/data-malformed',
    message: 'is a file of the Matlab version',
  },
  {
    title: 'a web page',
    files: { 'one.bin': Buffer.from('<!DOCTYPE html><title>404</title>') },
    code: 'fip/data-malformed',
    message: 'is a web page saved in its place',
  },
];

describe.each(troubles)(
  '$title',
  ({ files = {}, changes, pointer = '/files/0', code, message }) => {
    beforeEach(() => {
      for (const [name, bytes] of Object.entries(files)) folder.write(name, bytes);
    });

    test('stops the reader with the key of the spec', () => {
      expect(() => read(changes)).toThrow(
        expect.objectContaining({
          name: 'EngineError',
          code,
          pointer: `/data/set${pointer}`,
          message: expect.stringContaining(message) as string,
        }),
      );
    });

    test('is found by the editor', async () => {
      const findings = await inspectData({ ...data, ...changes }, folder.resolve);
      expect(findings).toEqual([
        { pointer, code, severity: 'error', message: expect.stringContaining(message) as string },
      ]);
      expect(await dataFacts({ ...data, ...changes }, folder.resolve)).toBeUndefined();
    });
  },
);

describe('inspecting CIFAR files', () => {
  const inspected = (changes: Partial<CifarData> = {}) =>
    dataFacts({ ...data, ...changes }, folder.resolve);

  test('tells what the reader will give', async () => {
    for (const changes of [{}, { limit: 3 }, { label_offset: 10 }, fine]) {
      const { train, test: held, inputShape, classes } = read(changes);
      expect(await inspected(changes)).toMatchObject({
        trainCount: train.count,
        testCount: held.count,
        inputShape: [...inputShape],
        largestLabel: classes - 1,
      });
    }
  });

  test('knows the classes that occur in all files, whatever parts they are read in', async () => {
    // More than one part of a stream (64 KiB), none of which ends with a record.
    const many = Array.from({ length: 120 }, (_, i) => [i === 97 ? 8 : 4]);
    folder.write('many.bin', records(many));
    folder.write('many.bin.gz', gzipSync(records(many)));
    expect(await inspected()).toHaveProperty('classes', [0, 1, 2, 3, 5, 6, 7, 9]);
    for (const name of ['many.bin', 'many.bin.gz'])
      expect(await inspected({ files: [name] })).toHaveProperty('classes', [4, 5, 6, 8]);
    expect(await inspected(fine)).toHaveProperty('classes', [0, 40, 99]);
  });

  test('sees that a file was repaired', async () => {
    folder.write('two.bin', two.subarray(0, 50));
    expect(await inspected()).toBeUndefined();
    folder.write('two.bin', two);
    expect(await inspected()).toHaveProperty('trainCount', 7);
  });

  test('reports the trouble of every file at once', async () => {
    const changes = { files: ['a', 'b'], test: { files: ['c'] } };
    const findings = await inspectData({ ...data, ...changes }, folder.resolve);
    expect(findings.map(({ pointer }) => pointer)).toEqual([
      '/files/0',
      '/files/1',
      '/test/files/0',
    ]);
  });

  test('one sample cannot be split, and a limit may be too large', async () => {
    folder.write('single.bin', record([1], 0));
    const { test: _, ...without } = data;
    const alone = await inspectData({ ...without, files: ['single.bin'] }, folder.resolve);
    expect(alone).toMatchObject([{ pointer: '/files/0', code: 'fip/data-empty' }]);
    const many = await inspectData({ ...data, limit: 8 }, folder.resolve);
    expect(many).toMatchObject([{ pointer: '/limit', severity: 'warning' }]);
  });
});
