/** The header of an IDX file, the format in which MNIST is published. */
import type { DataFile } from './data-file';
import { DataProblem } from './data-problem';

export type IdxContent = 'images' | 'labels';

export interface IdxHeader {
  /** Number of samples. */
  count: number;
  /** Shape of one sample: `[28, 28]` for an image, empty for a label. */
  shape: number[];
  /** Where the values begin. */
  start: number;
  /** Bytes that the whole file must have, unpacked. */
  size: number;
}

/** Bytes that are enough for every header that can be read. */
export const LONGEST_IDX_HEADER = 4 + 4 * 255;

const UNSIGNED_BYTE = 0x08;

const OTHER_TYPES: Readonly<Record<number, string>> = {
  0x09: 'signed bytes',
  0x0b: '16-bit integers',
  0x0c: '32-bit integers',
  0x0d: '32-bit floats',
  0x0e: '64-bit floats',
};

/**
 * Reads the header of an IDX file of unsigned bytes.
 * @param bytes the unpacked file, or its first LONGEST_IDX_HEADER bytes
 * @param content what the file should hold
 * @throws DataProblem for another format or type, and for labels in place of images or images in place of labels
 */
export function readIdxHeader(bytes: Uint8Array, content: IdxContent, file: DataFile): IdxHeader {
  const dimensions = readMagic(bytes, file);
  checkContent(dimensions, content, file);
  const start = 4 + 4 * dimensions;
  if (bytes.length < start) throw tooShort(bytes.length, file);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sizes = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  const [count = 0, ...shape] = sizes;
  const values = sizes.reduce((product, size) => product * size, 1);
  if (values === 0) {
    const message = `\`${file.path}\` holds no ${content}: its header says ${sizes.join(' x ')}.`;
    throw new DataProblem('fip/data-empty', message, file.pointer);
  }
  return { count, shape, start, size: start + values };
}

/**
 * Compares the unpacked length of a file with its header.
 * @throws DataProblem where values are missing or bytes follow them
 */
export function checkIdxSize(
  { size, count, shape }: IdxHeader,
  actual: number,
  file: DataFile,
): void {
  if (actual === size) return;
  const promised = [count, ...shape].join(' x ');
  const found = `\`${file.path}\` should have ${size} bytes for ${promised} values, but`;
  if (actual < size) {
    const message = `${found} it is truncated to ${actual}. Download it again.`;
    throw new DataProblem('fip/data-truncated', message, file.pointer);
  }
  const message = `${found} more bytes follow. It may be two files in one, or not an IDX file.`;
  throw new DataProblem('fip/data-malformed', message, file.pointer);
}

/** The number of dimensions, from the first four bytes: two zeros, the type, the dimensions. */
function readMagic(bytes: Uint8Array, file: DataFile): number {
  if (bytes.length < 4) throw tooShort(bytes.length, file);
  const [zero, alsoZero, type = 0, dimensions = 0] = bytes;
  if (zero !== 0 || alsoZero !== 0 || !(type === UNSIGNED_BYTE || type in OTHER_TYPES)) {
    const message = `\`${file.path}\` is not an IDX file: IDX files begin with two zero bytes and a type. Is it another format, or a web page saved in its place?`;
    throw new DataProblem('fip/data-malformed', message, file.pointer);
  }
  if (type !== UNSIGNED_BYTE) {
    const message = `\`${file.path}\` holds ${OTHER_TYPES[type]}, but only IDX files of unsigned bytes can be read.`;
    throw new DataProblem('fip/data-malformed', message, file.pointer);
  }
  return dimensions;
}

function checkContent(dimensions: number, content: IdxContent, file: DataFile): void {
  const holdsLabels = dimensions === 1;
  const holdsImages = dimensions === 2 || dimensions === 3;
  if (content === 'images' ? holdsImages : holdsLabels) return;
  if (!holdsLabels && !holdsImages) {
    const message = `\`${file.path}\` has ${dimensions} dimensions; images have 3 (or 2, one row of pixels each), labels have 1.`;
    throw new DataProblem('fip/data-malformed', message, file.pointer);
  }
  const held = holdsLabels ? 'labels, one number a sample' : 'images';
  const message = `\`${file.path}\` holds ${held}, but \`${content}\` needs ${content}. Have the two files been swapped?`;
  throw new DataProblem('fip/data-mislabelled', message, file.pointer);
}

function tooShort(length: number, file: DataFile): DataProblem {
  const [code, what] =
    length === 0
      ? (['fip/data-empty', 'is empty'] as const)
      : (['fip/data-truncated', `is truncated: it has only ${length} bytes`] as const);
  return new DataProblem(code, `\`${file.path}\` ${what}. Download it again.`, file.pointer);
}
