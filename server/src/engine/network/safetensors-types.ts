/** The number types of a safetensors file that can be read as 32-bit floats. */
export type TensorType = 'F32' | 'F16' | 'BF16' | 'F64' | WholeType;

/** Whole numbers stand beside the weights in published files: positions, counters of batches. */
type WholeType = 'I64' | 'I32' | 'I16' | 'I8' | 'U8' | 'BOOL';

/** Bytes of one value. */
export const bytesPerValue: Readonly<Record<TensorType, number>> = {
  F32: 4,
  F16: 2,
  BF16: 2,
  F64: 8,
  I64: 8,
  I32: 4,
  I16: 2,
  I8: 1,
  U8: 1,
  BOOL: 1,
};

/** How whole numbers are read; what lies beyond 2^24 is rounded. */
const readWhole: Readonly<
  Record<WholeType, (buffer: ArrayBufferLike, offset: number, length: number) => Iterable<number>>
> = {
  I64: (...part) => Array.from(new BigInt64Array(...part), Number),
  I32: (...part) => new Int32Array(...part),
  I16: (...part) => new Int16Array(...part),
  I8: (...part) => new Int8Array(...part),
  U8: (...part) => new Uint8Array(...part),
  BOOL: (...part) => new Uint8Array(...part),
};

/** Whether tensors of this type can be read. */
export function isTensorType(type: unknown): type is TensorType {
  return typeof type === 'string' && Object.hasOwn(bytesPerValue, type);
}

/**
 * The values as 32-bit floats; F64 and large whole numbers are rounded.
 * @param raw the bytes of one tensor, little endian, at an address divisible by eight
 */
export function widen(type: TensorType, raw: Uint8Array): Float32Array {
  const length = raw.byteLength / bytesPerValue[type];
  if (type === 'F32') return new Float32Array(raw.buffer, raw.byteOffset, length);
  if (type === 'F64')
    return Float32Array.from(new Float64Array(raw.buffer, raw.byteOffset, length));
  if (type !== 'BF16' && type !== 'F16')
    return Float32Array.from(readWhole[type](raw.buffer, raw.byteOffset, length));
  const halves = new Uint16Array(raw.buffer, raw.byteOffset, length);
  return type === 'BF16' ? fromBrainFloats(halves) : Float32Array.from(halves, fromHalf);
}

/** BF16 is the upper half of an F32. */
function fromBrainFloats(halves: Uint16Array): Float32Array {
  const words = Uint32Array.from(halves, (half) => half << 16);
  return new Float32Array(words.buffer);
}

/** IEEE 754 half precision: one sign bit, five of exponent, ten of fraction. */
function fromHalf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
