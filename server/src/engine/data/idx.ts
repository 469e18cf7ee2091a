import type { IdxData } from '../../spec/experiment';
import type { DataFile } from './inspect/data-file';
import { checkIdxSize, LONGEST_IDX_HEADER, readIdxHeader } from './inspect/idx-header';
import type { IdxContent, IdxHeader } from './inspect/idx-header';
import { checkIdxPair, checkIdxTest } from './inspect/idx-pair';
import type { IdxPair } from './inspect/idx-pair';
import { splitCounts } from './inspect/split-counts';
import { PackedFile } from './packed-file';
import type { DataReader, RawSamples } from './raw-data';

interface ReadPair extends IdxPair {
  samples: RawSamples;
}

/** Reads images and labels of unsigned bytes; bytes become numbers from 0 to 1. */
export const readIdx: DataReader<IdxData> = (data, { resolvePath }) => {
  const train = readPair(data, '', resolvePath);
  const test = data.test && readPair(data.test, '/test', resolvePath);
  if (test) checkIdxTest(train, test);
  const { count } = train.images;
  return {
    inputShape: train.images.shape,
    train: train.samples,
    test: test?.samples ?? splitCounts(count, data.test_fraction, train.imagesFile).test,
    scale: 1 / 255,
    normalizeBy: 'image',
  };
};

function readPair(
  paths: { images: string; labels: string },
  parent: string,
  resolvePath: (path: string) => string,
): ReadPair {
  const file = (key: IdxContent): DataFile => {
    const path = paths[key];
    return { path, pointer: `${parent}/${key}`, location: resolvePath(path) };
  };
  const [imagesFile, labelsFile] = [file('images'), file('labels')];
  const images = readFile(imagesFile, 'images');
  const labels = readFile(labelsFile, 'labels');
  const pair = { imagesFile, labelsFile, images: images.header, labels: labels.header };
  checkIdxPair(pair);
  const samples = {
    count: images.header.count,
    values: images.values,
    labels: Int32Array.from(labels.values),
  };
  return { ...pair, samples };
}

function readFile(file: DataFile, content: IdxContent): { header: IdxHeader; values: Uint8Array } {
  const packed = PackedFile.open(file);
  const header = readIdxHeader(packed.start(LONGEST_IDX_HEADER), content, file);
  const bytes = packed.unpack(header.size);
  checkIdxSize(header, bytes?.length ?? Infinity, file);
  return { header, values: bytes?.subarray(header.start) ?? new Uint8Array() };
}
