/**
 * The safetensors file format: eight bytes with the header's length (little endian), a JSON header that names each
 * tensor with its type, shape and byte range, then the bytes of all tensors without gaps.
 */
import { EngineError } from '../engine-error';
import type { NamedTensor } from '../host';
import { MalformedFile, readHeader, type TensorEntry } from './safetensors-header';
import { widen } from './safetensors-types';

/**
 * Writes tensors as F32, in the order given.
 * @param metadata free text for whoever opens the file; absent from the file where it is empty
 * @throws EngineError for a name that occurs twice, or values that do not fill the shape
 */
export function encodeSafetensors(
  tensors: readonly NamedTensor[],
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const header = new Map<string, unknown>();
  if (Object.keys(metadata).length > 0) header.set('__metadata__', metadata);
  let size = 0;
  for (const tensor of tensors) {
    checkWritable(tensor, header);
    const end = size + tensor.values.byteLength;
    header.set(tensor.name, { dtype: 'F32', shape: tensor.shape, data_offsets: [size, end] });
    size = end;
  }
  return assemble(JSON.stringify(Object.fromEntries(header)), tensors, size);
}

/** Writes a network's weights as PyTorch's own: transformers 4 reads no file that does not say so. */
export function encodeWeights(tensors: readonly NamedTensor[]): Uint8Array {
  return encodeSafetensors(tensors, { format: 'pt' });
}

/**
 * Reads all tensors. Values of all types become 32-bit floats.
 * @param pointer the part of the spec that named the file, for the error
 * @throws EngineError `fip/weights-malformed`, with a sentence that says what is wrong with the file
 */
export function decodeSafetensors(
  bytes: Uint8Array,
  pointer = '/start/weights',
): { tensors: NamedTensor[]; metadata: Record<string, string> } {
  try {
    const { entries, metadata, dataStart } = readHeader(bytes);
    const tensors = entries.map((entry) => readTensor(bytes, dataStart, entry));
    return { tensors, metadata };
  } catch (error) {
    if (!(error instanceof MalformedFile)) throw error;
    const message = `This is not a sound safetensors file: ${error.message}`;
    throw new EngineError('fip/weights-malformed', message, pointer);
  }
}

function readTensor(bytes: Uint8Array, dataStart: number, entry: TensorEntry): NamedTensor {
  // A copy starts at an aligned address; a view into the file may not.
  const raw = new Uint8Array(bytes.subarray(dataStart + entry.begin, dataStart + entry.end));
  return { name: entry.name, shape: entry.shape, values: widen(entry.type, raw) };
}

function checkWritable(tensor: NamedTensor, header: ReadonlyMap<string, unknown>): void {
  const { name, shape, values } = tensor;
  const count = shape.reduce((product, size) => product * size, 1);
  const problem = header.has(name)
    ? `Two tensors have the name '${name}'; each needs its own.`
    : count !== values.length
      ? `Tensor '${name}' has the shape [${shape.join(', ')}] but ${values.length} values.`
      : name === '__metadata__' || name === '__proto__'
        ? `A tensor cannot have the name '${name}'.`
        : undefined;
  if (problem !== undefined) throw new EngineError('fip/weights-unwritable', problem, '');
}

function assemble(json: string, tensors: readonly NamedTensor[], size: number): Uint8Array {
  const text = new TextEncoder().encode(json);
  // Spaces fill the header up, so that the values start at an address divisible by eight.
  const padded = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(8 + padded + size);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(padded), true);
  bytes.fill(0x20, 8, 8 + padded).set(text, 8);
  let offset = 8 + padded;
  for (const { values } of tensors) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), offset);
    offset += values.byteLength;
  }
  return bytes;
}
