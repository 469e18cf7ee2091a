import type { CifarData } from '../../spec/experiment';
import {
  checkedLabel,
  CIFAR_SHAPE,
  CIFAR_START,
  CIFAR_VALUES,
  cifarRecord,
  countRecords,
} from './inspect/cifar-records';
import type { CifarRecord } from './inspect/cifar-records';
import { cifarFiles } from './inspect/cifar-files';
import type { DataFile } from './inspect/data-file';
import { DataProblem } from './inspect/data-problem';
import { splitCounts } from './inspect/split-counts';
import { PackedFile } from './packed-file';
import type { DataReader, RawSamples } from './raw-data';

/** More than this a file cannot unpack to, so that a small one cannot fill the memory: 13 times CIFAR-100. */
const LARGEST_FILE = 2 ** 31;

/** Reads pictures of 32 x 32 with their colours last, as networks take them; bytes become numbers from 0 to 1. */
export const readCifar: DataReader<CifarData> = (data, { resolvePath }) => {
  const record = cifarRecord(data.labels);
  const files = cifarFiles(data.files, '', resolvePath);
  const train = readFiles(files, record);
  const test = data.test && readFiles(cifarFiles(data.test.files, '/test', resolvePath), record);
  return {
    inputShape: CIFAR_SHAPE,
    train,
    test: test ?? splitCounts(train.count, data.test_fraction, files[0]!).test,
    scale: 1 / 255,
    normalizeBy: 'image',
    classes: record.classes,
  };
};

/** The samples of all files, one after the other. */
function readFiles(files: readonly DataFile[], record: CifarRecord): RawSamples {
  const parts = files.map((file) => readFile(file, record));
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const all = {
    count,
    values: new Uint8Array(count * CIFAR_VALUES),
    labels: new Int32Array(count),
  };
  let done = 0;
  for (const { count: more, values, labels } of parts) {
    all.values.set(values, done * CIFAR_VALUES);
    all.labels.set(labels, done);
    done += more;
  }
  return all;
}

function readFile(file: DataFile, record: CifarRecord): RawSamples {
  const packed = PackedFile.open(file);
  const start = packed.start(CIFAR_START);
  const bytes = packed.unpack(LARGEST_FILE);
  if (!bytes) throw tooLarge(file);
  const count = countRecords(bytes.length, start, record, file);
  const samples = {
    count,
    values: new Uint8Array(count * CIFAR_VALUES),
    labels: new Int32Array(count),
  };
  for (let i = 0; i < count; i++) {
    const at = i * record.size;
    samples.labels[i] = checkedLabel(bytes[at + record.label]!, i, record, file);
    const picture = bytes.subarray(at + record.size - CIFAR_VALUES, at + record.size);
    coloursLast(picture, samples.values, i * CIFAR_VALUES);
  }
  return samples;
}

/** Writes a picture that is stored colour by colour with the colours of each pixel together. */
function coloursLast(picture: Uint8Array, to: Uint8Array, start: number): void {
  const [height, width, colours] = CIFAR_SHAPE;
  const pixels = height * width;
  for (let colour = 0; colour < colours; colour++)
    for (let pixel = 0; pixel < pixels; pixel++)
      to[start + pixel * colours + colour] = picture[colour * pixels + pixel]!;
}

function tooLarge(file: DataFile): DataProblem {
  const message = `\`${file.path}\` unpacks to more than ${LARGEST_FILE / 2 ** 30} GiB. It is no file of CIFAR; name several smaller ones.`;
  return new DataProblem('fip/data-malformed', message, file.pointer);
}
