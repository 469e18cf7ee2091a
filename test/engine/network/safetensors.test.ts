import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EngineError } from '../../../server/src/engine/engine-error';
import type { NamedTensor } from '../../../server/src/engine/host';
import {
  decodeSafetensors,
  encodeSafetensors,
  encodeWeights,
} from '../../../server/src/engine/network/safetensors';

const REFUSED = ['__metadata__', '__proto__', 'constructor', 'prototype'];

const tensors = fc
  .uniqueArray(
    fc.record({
      name: fc.string({ maxLength: 20 }).filter((name) => !REFUSED.includes(name)),
      shape: fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 }),
      fill: fc.float({ noNaN: false }),
    }),
    { selector: ({ name }) => name, maxLength: 8 },
  )
  .map((all) =>
    all.map(({ name, shape, fill }): NamedTensor => {
      const count = shape.reduce((product, size) => product * size, 1);
      return { name, shape, values: Float32Array.from({ length: count }, (_, i) => fill + i) };
    }),
  );

const byName = (a: NamedTensor, b: NamedTensor) => (a.name < b.name ? -1 : 1);

describe('safetensors', () => {
  test('come back as they were written', () => {
    const metadata = fc.dictionary(
      fc.string().filter((key) => !REFUSED.includes(key)),
      fc.string(),
    );
    fc.assert(
      fc.property(tensors, metadata, (written, notes) => {
        const read = decodeSafetensors(encodeSafetensors(written, notes));
        expect([...read.tensors].sort(byName)).toEqual([...written].sort(byName));
        expect({ ...read.metadata }).toEqual({ ...notes });
      }),
    );
  });

  test('are laid out as the format says', () => {
    const values = Float32Array.of(1, -2);
    const bytes = encodeSafetensors([{ name: 'w', shape: [2], values }], { by: 'test' });
    const view = new DataView(bytes.buffer);
    const length = Number(view.getBigUint64(0, true));
    expect(length % 8).toBe(0);
    expect(JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)))).toEqual({
      __metadata__: { by: 'test' },
      w: { dtype: 'F32', shape: [2], data_offsets: [0, 8] },
    });
    expect([view.getFloat32(8 + length, true), view.getFloat32(12 + length, true)]).toEqual([
      1, -2,
    ]);
  });

  test('are read from the middle of a larger buffer', () => {
    const written = encodeSafetensors([{ name: 'w', shape: [1], values: Float32Array.of(3) }]);
    const buffer = new Uint8Array(written.length + 3);
    buffer.set(written, 3);
    expect(decodeSafetensors(buffer.subarray(3)).tensors[0]!.values).toEqual(Float32Array.of(3));
  });

  test.each([
    [
      'F16',
      Uint16Array.of(0x3c00, 0xc000, 0x0001, 0x7c00, 0x3555),
      [1, -2, 2 ** -24, Infinity, 0.333251953125],
    ],
    ['BF16', Uint16Array.of(0x3f80, 0xc000, 0xff80, 0x3eab), [1, -2, -Infinity, 0.333984375]],
    ['F64', Float64Array.of(1, -2.5, 1 / 3), [1, -2.5, Math.fround(1 / 3)]],
    ['I64', BigInt64Array.of(0n, -3n, 2n ** 40n), [0, -3, 2 ** 40]],
    ['I32', Int32Array.of(511, -512), [511, -512]],
    ['I16', Int16Array.of(511, -512), [511, -512]],
    ['I8', Int8Array.of(127, -128), [127, -128]],
    ['U8', Uint8Array.of(255, 1), [255, 1]],
    ['BOOL', Uint8Array.of(1, 0), [1, 0]],
  ])('of type %s become 32-bit floats', (dtype, raw, expected) => {
    const entry = { dtype, shape: [raw.length], data_offsets: [0, raw.byteLength] };
    const { tensors: read } = decodeSafetensors(file({ x: entry }, new Uint8Array(raw.buffer)));
    expect([...read[0]!.values]).toEqual(expected);
  });

  const sound = { dtype: 'F32', shape: [2], data_offsets: [0, 8] };
  test.each<[string, Uint8Array, string]>([
    ['empty file', new Uint8Array(0), 'only 0 bytes'],
    [
      'another format',
      new TextEncoder().encode('PK\u0003\u0004 some zip archive'),
      'another format',
    ],
    [
      'a header longer than the file',
      file({ x: sound }, new Uint8Array(8)).subarray(0, 20),
      'ends before',
    ],
    ['a header that is not JSON', text('{"x": '), 'not JSON'],
    ['a header that is a list', text('[1]'), 'not a JSON object'],
    ['missing values', file({ x: sound }, new Uint8Array(7)), 'truncated: 8 bytes'],
    ['bytes at the end', file({ x: sound }, new Uint8Array(9)), '1 bytes follow'],
    ['an unknown type', file({ x: { ...sound, dtype: 'F8_E4M3' } }, new Uint8Array(8)), 'F8_E4M3'],
    [
      'a type named after a method',
      file({ x: { ...sound, dtype: 'toString' } }, new Uint8Array(8)),
      'type toString',
    ],
    [
      'a shape that does not fit',
      file({ x: { ...sound, shape: [3] } }, new Uint8Array(8)),
      'needs 12 bytes but has 8',
    ],
    [
      'a negative size',
      file({ x: { ...sound, shape: [-2] } }, new Uint8Array(8)),
      'no valid shape',
    ],
    [
      'a range that runs backwards',
      file({ x: { ...sound, data_offsets: [8, 0] } }, new Uint8Array(8)),
      'byte range',
    ],
    [
      'a range of one number',
      file({ x: { ...sound, data_offsets: [8] } }, new Uint8Array(8)),
      'byte range',
    ],
    [
      'an overlap',
      file({ x: sound, y: { ...sound, data_offsets: [4, 12] } }, new Uint8Array(12)),
      "'y' overlaps",
    ],
    [
      'a gap',
      file({ x: sound, y: { ...sound, data_offsets: [12, 20] } }, new Uint8Array(20)),
      "'y' leaves a gap",
    ],
    [
      'metadata that is no text',
      file({ __metadata__: { a: 1 } }, new Uint8Array(0)),
      "'a' is not a text",
    ],
    ['a tensor that is a number', file({ x: 1 }, new Uint8Array(0)), "'x' is not described"],
    ['a prototype key', text('{"__proto__": {}}'), "'__proto__' is not allowed"],
    [
      'a prototype key in metadata',
      text('{"__metadata__": {"constructor": "x"}}'),
      "'constructor' is not allowed",
    ],
  ])('with %s are refused', (_, bytes, message) => {
    expect(() => decodeSafetensors(bytes)).toThrow(message);
    expect(() => decodeSafetensors(bytes)).toThrow(EngineError);
  });

  test('that are damaged anywhere give an EngineError or tensors, never another failure', () => {
    const bytes = encodeSafetensors(
      [
        { name: 'a', shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) },
        { name: 'b', shape: [1], values: Float32Array.of(5) },
      ],
      { by: 'test' },
    );
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (place, value) => {
        const damaged = bytes.slice();
        damaged[place] = value;
        expectEngineErrorOrNothing(() => decodeSafetensors(damaged));
      }),
      { numRuns: 500 },
    );
  });

  test('name the key of the spec that the file came from', () => {
    try {
      decodeSafetensors(new Uint8Array(3), '/start/weights');
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code: 'fip/weights-malformed', pointer: '/start/weights' });
    }
  });

  test('of a network say that they are in the form of PyTorch', () => {
    const { metadata, tensors: read } = decodeSafetensors(encodeWeights([tensor('a', [2], 2)]));
    expect(metadata).toEqual({ format: 'pt' });
    expect(read.map(({ name }) => name)).toEqual(['a']);
  });

  test.each([
    [[tensor('a', [1], 1), tensor('a', [1], 1)], 'Two tensors'],
    [[tensor('a', [2], 1)], 'shape [2] but 1 values'],
    [[tensor('__metadata__', [1], 1)], "cannot have the name '__metadata__'"],
    [[tensor('__proto__', [1], 1)], "cannot have the name '__proto__'"],
  ])('that cannot be written are refused (%#)', (unwritable, message) => {
    expect(() => encodeSafetensors(unwritable)).toThrow(message);
  });
});

function tensor(name: string, shape: number[], count: number): NamedTensor {
  return { name, shape, values: new Float32Array(count) };
}

function file(header: object, values: Uint8Array): Uint8Array {
  return Buffer.concat([text(JSON.stringify(header)), values]);
}

function text(header: string): Uint8Array {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(Buffer.byteLength(header)));
  return Buffer.concat([length, Buffer.from(header)]);
}

function expectEngineErrorOrNothing(action: () => unknown): void {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(EngineError);
  }
}
