/** Writes PNG files: just enough for small pictures in hovers. */
import { deflateSync } from 'node:zlib';

/** An image of 8 bits a channel, row by row. */
export interface Bitmap {
  width: number;
  height: number;
  /** 1: grey; 3: red, green and blue; 4: these and opacity. */
  channels: 1 | 3 | 4;
  pixels: Uint8Array;
}

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** PNG's colour types by number of channels. */
const COLOUR_TYPES = { 1: 0, 3: 2, 4: 6 } as const;

/** The bytes of a PNG file (ISO/IEC 15948), without interlacing. */
export function png({ width, height, channels, pixels }: Bitmap): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, COLOUR_TYPES[channels], 0, 0, 0], 8);
  const rows = Buffer.alloc(height * (1 + width * channels));
  for (let y = 0; y < height; y++) {
    // Each row begins with the number of its filter: none.
    const row = pixels.subarray(y * width * channels, (y + 1) * width * channels);
    rows.set(row, y * (1 + width * channels) + 1);
  }
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', new Uint8Array()),
  ]);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const around = Buffer.alloc(8);
  around.writeUInt32BE(data.length, 0);
  around.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([around.subarray(0, 4), named, around.subarray(4)]);
}

/** The checksum of PNG and gzip: CRC-32 with the reflected polynomial 0xEDB88320. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
