/** Records of CIFAR-10 and CIFAR-100 in their binary version: label bytes, then a picture colour by colour. */
import type { CifarData } from '../../../spec/experiment';
import type { DataFile } from './data-file';
import { DataProblem } from './data-problem';

/** Height, width and colours of a picture. */
export const CIFAR_SHAPE: readonly [number, number, number] = [32, 32, 3];

/** Values of a picture. */
export const CIFAR_VALUES = 32 * 32 * 3;

/** Bytes that tell another kind of file: the mark of a tar archive stands at byte 257. */
export const CIFAR_START = 512;

/** What a record holds. */
export interface CifarRecord {
  dataSet: 'CIFAR-10' | 'CIFAR-100';
  /** Bytes of a record. */
  size: number;
  /** Byte of the record that is the label wanted. */
  label: number;
  /** Labels go from 0 to one less. */
  classes: number;
}

const records: Readonly<Record<CifarData['labels'], CifarRecord>> = {
  class: { dataSet: 'CIFAR-10', size: 1 + CIFAR_VALUES, label: 0, classes: 10 },
  coarse: { dataSet: 'CIFAR-100', size: 2 + CIFAR_VALUES, label: 0, classes: 20 },
  fine: { dataSet: 'CIFAR-100', size: 2 + CIFAR_VALUES, label: 1, classes: 100 },
};

/** The records of which `labels` names a label. */
export function cifarRecord(labels: CifarData['labels']): CifarRecord {
  return records[labels];
}

/**
 * The number of records in a file.
 * @param size bytes of the file, unpacked
 * @param start its first CIFAR_START bytes, unpacked; they tell what it may be instead
 * @throws DataProblem where it is empty or does not hold whole records
 */
export function countRecords(
  size: number,
  start: Uint8Array,
  record: CifarRecord,
  file: DataFile,
): number {
  if (size === 0)
    throw new DataProblem(
      'fip/data-empty',
      `\`${file.path}\` is empty. Download it again.`,
      file.pointer,
    );
  const other = otherKind(start);
  if (other !== undefined)
    throw new DataProblem('fip/data-malformed', `\`${file.path}\` ${other}`, file.pointer);
  if (size % record.size === 0) return size / record.size;
  throw notWhole(size, record, file);
}

/**
 * The label at a place of a file.
 * @param number the record that it stands in, counted from 0
 * @throws DataProblem where the data set has no such class
 */
export function checkedLabel(
  label: number,
  number: number,
  { dataSet, classes }: CifarRecord,
  file: DataFile,
): number {
  if (label < classes) return label;
  const message = `Record ${number + 1} of \`${file.path}\` has the label ${label}; those of ${dataSet} go from 0 to ${classes - 1}. The file is damaged or in another format.`;
  throw new DataProblem('fip/data-malformed', message, file.pointer);
}

/** What a file is instead, where its first byte can be no label. */
function otherKind(start: Uint8Array): string | undefined {
  if (start[0]! < 32) return undefined;
  const text = (from: number, to: number) => Buffer.from(start.subarray(from, to)).toString();
  if (text(257, 262) === 'ustar')
    return 'is a tar archive. Unpack it and name the .bin files in it; `fip data get cifar10` does this for CIFAR-10.';
  if (start[0] === 0x80 && start[1] === 0x02)
    return 'is a file of the Python version. Name files of the binary version (.bin); `fip data get cifar10` fetches those of CIFAR-10.';
  if (text(0, 6) === 'MATLAB')
    return 'is a file of the Matlab version. Name files of the binary version (.bin); `fip data get cifar10` fetches those of CIFAR-10.';
  if (/^\s*<(!doctype|html)/i.test(text(0, 64)))
    return 'is a web page saved in its place. Download it again.';
  return undefined;
}

function notWhole(size: number, record: CifarRecord, file: DataFile): DataProblem {
  const other = Object.values(records).find((one) => size % one.size === 0);
  if (other) {
    const advice =
      other.dataSet === 'CIFAR-10'
        ? 'Remove `labels`, or name files of CIFAR-100.'
        : 'Say which of their two labels is meant by `labels: fine` or `labels: coarse`.';
    const message = `\`${file.path}\` holds records of ${other.dataSet} (${other.size} bytes each), not of ${record.dataSet} (${record.size}). ${advice}`;
    return new DataProblem('fip/data-mislabelled', message, file.pointer);
  }
  const message = `\`${file.path}\` has ${size} bytes, which is no whole number of ${record.dataSet}'s records (${record.size} bytes each): it is truncated or in another format. Download it again.`;
  return new DataProblem('fip/data-truncated', message, file.pointer);
}
