import { bytesPerValue, isTensorType, type TensorType } from './safetensors-types';

/** One tensor as the header describes it; `begin` and `end` count bytes from the end of the header. */
export interface TensorEntry {
  name: string;
  type: TensorType;
  shape: number[];
  begin: number;
  end: number;
}

export interface SafetensorsHeader {
  /** In the order of their bytes. */
  entries: TensorEntry[];
  metadata: Record<string, string>;
  /** Where the values start, in bytes from the start of the file. */
  dataStart: number;
}

/** What is wrong with a file: the second half of a sentence. */
export class MalformedFile extends Error {}

/** The format's own limit; a larger number is nearly always some other kind of file. */
const LONGEST_HEADER = 100_000_000;

/** Names that would reach into an object's prototype where a reader stores tensors by name. */
const REFUSED_NAMES = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Reads and checks the header of a safetensors file.
 * @param bytes the file, or no more than its start with the whole header
 * @param size bytes of the whole file
 * @throws MalformedFile with the part of a sentence that says what is wrong
 */
export function readHeader(bytes: Uint8Array, size = bytes.length): SafetensorsHeader {
  const dataStart = 8 + headerLength(bytes);
  const named = Object.entries(parseObject(bytes.subarray(8, dataStart)));
  for (const [name] of named) {
    if (REFUSED_NAMES.has(name)) throw new MalformedFile(`the name '${name}' is not allowed.`);
  }
  const metadata = readMetadata(named.find(([name]) => name === '__metadata__')?.[1]);
  const entries = named.filter(([name]) => name !== '__metadata__').map(readEntry);
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end);
  checkCoverage(entries, size - dataStart);
  return { entries, metadata, dataStart };
}

/**
 * Bytes of the header that follows the first eight.
 * @throws MalformedFile where they give no sensible length
 */
export function readLength(bytes: Uint8Array): number {
  if (bytes.length < 8) throw new MalformedFile(`it has only ${bytes.length} bytes.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Number(view.getBigUint64(0, true));
  if (length > LONGEST_HEADER) {
    throw new MalformedFile(
      'its first eight bytes give no sensible header length; it may be another format.',
    );
  }
  return length;
}

function headerLength(bytes: Uint8Array): number {
  const length = readLength(bytes);
  if (8 + length > bytes.length) {
    throw new MalformedFile(
      `its header should have ${length} bytes, but the file ends before that.`,
    );
  }
  return length;
}

function parseObject(text: Uint8Array): object {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text));
  } catch {
    throw new MalformedFile('its header is not JSON.');
  }
  if (!isObject(header)) throw new MalformedFile('its header is not a JSON object.');
  return header;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readMetadata(value: unknown): Record<string, string> {
  if (value === undefined) return {};
  if (!isObject(value)) throw new MalformedFile("its '__metadata__' is not an object of texts.");
  const metadata: Record<string, string> = {};
  for (const [key, text] of Object.entries(value)) {
    if (REFUSED_NAMES.has(key))
      throw new MalformedFile(`the metadata key '${key}' is not allowed.`);
    if (typeof text !== 'string') throw new MalformedFile(`its metadata '${key}' is not a text.`);
    metadata[key] = text;
  }
  return metadata;
}

function readEntry([name, value]: [string, unknown]): TensorEntry {
  if (!isObject(value)) throw new MalformedFile(`tensor '${name}' is not described by an object.`);
  const { dtype: type, shape, data_offsets: range } = value;
  if (!isTensorType(type)) {
    const readable = Object.keys(bytesPerValue).join(', ');
    throw new MalformedFile(
      `tensor '${name}' has type ${String(type)}; types that can be read: ${readable}.`,
    );
  }
  if (!isSizes(shape)) throw new MalformedFile(`tensor '${name}' has no valid shape.`);
  if (!isSizes(range) || range.length !== 2 || range[0]! > range[1]!) {
    throw new MalformedFile(`tensor '${name}' has no valid byte range.`);
  }
  const [begin, end] = range as [number, number];
  const needed = shape.reduce((product, size) => product * size, bytesPerValue[type]);
  if (needed !== end - begin) {
    const size = `[${shape.join(', ')}] of ${type}`;
    throw new MalformedFile(
      `tensor '${name}', ${size}, needs ${needed} bytes but has ${end - begin}.`,
    );
  }
  return { name, type, shape, begin, end };
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

/** The tensors must follow each other without gap or overlap, up to the last byte. */
function checkCoverage(entries: readonly TensorEntry[], size: number): void {
  let covered = 0;
  for (const { name, begin, end } of entries) {
    if (begin !== covered) {
      const what = begin > covered ? 'leaves a gap before it' : 'overlaps another one';
      throw new MalformedFile(`tensor '${name}' ${what} (byte ${begin} of the values).`);
    }
    covered = end;
  }
  if (covered > size)
    throw new MalformedFile(`it is truncated: ${covered} bytes of values expected, ${size} found.`);
  if (covered < size) throw new MalformedFile(`${size - covered} bytes follow the last tensor.`);
}
