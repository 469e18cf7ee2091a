import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { DataPreview } from '../../server/src/engine/data/preview/data-preview';
import { dataAt } from '../../server/src/language/data-at';
import { png } from '../../server/src/language/png';
import { previewDocs } from '../../server/src/language/preview-docs';
import { thumbnails } from '../../server/src/language/thumbnails';
import { atCursor, check, validSpec } from './kit';
import { client, initialize, open, uri } from './server-kit';

/** The chunks of a PNG file: type and data. */
function chunks(bytes: Uint8Array): [string, Buffer][] {
  const file = Buffer.from(bytes);
  const found: [string, Buffer][] = [];
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at);
    found.push([file.toString('latin1', at + 4, at + 8), file.subarray(at + 8, at + 8 + length)]);
    at += 12 + length;
  }
  return found;
}

test('a PNG file holds its pixels, row by row behind a filter byte', () => {
  const file = png({ width: 2, height: 2, channels: 1, pixels: Uint8Array.of(1, 2, 3, 4) });
  expect(Buffer.from(file.subarray(0, 8)).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  const [header, data, end] = chunks(file);
  expect(header).toEqual(['IHDR', Buffer.from([0, 0, 0, 2, 0, 0, 0, 2, 8, 0, 0, 0, 0])]);
  expect([...inflateSync(data?.[1] ?? '')]).toEqual([0, 1, 2, 0, 3, 4]);
  expect(end).toEqual(['IEND', Buffer.from([])]);
  // The checksum of an empty IEND, as every PNG file ends.
  expect([...file.subarray(-4)]).toEqual([0xae, 0x42, 0x60, 0x82]);
});

describe('thumbnails', () => {
  const image = (label: string, pixels: number[], width: number) => ({
    ...{ label, width, height: pixels.length / width },
    ...{ channels: 1 as const, pixels: Uint8Array.from(pixels) },
  });

  const drawn = (markdown = '') => {
    const base64 = /data:image\/png;base64,([^)]+)\)$/.exec(markdown)?.[1] ?? '';
    const [header, data] = chunks(Buffer.from(base64, 'base64'));
    const [width, height] = [header?.[1].readUInt32BE(0), header?.[1].readUInt32BE(4)];
    return { width, height, rows: inflateSync(data?.[1] ?? '') };
  };

  test('small images are repeated in whole pixels and stand side by side', () => {
    const { width, height, rows } = drawn(
      thumbnails([image('a', [10, 20], 2), image('b', [30, 40], 1)]),
    );
    expect([width, height]).toEqual([48 + 4 + 24, 48]);
    const pixel = (x: number, y: number) => [
      ...rows.subarray(y * (1 + 4 * 76) + 1 + 4 * x).subarray(0, 4),
    ];
    expect(pixel(23, 0)).toEqual([10, 10, 10, 255]);
    expect(pixel(24, 23)).toEqual([20, 20, 20, 255]);
    // Below an image that is not as high, and in the gap, there is nothing.
    expect(pixel(0, 24)).toEqual([0, 0, 0, 0]);
    expect(pixel(49, 0)).toEqual([0, 0, 0, 0]);
    expect(pixel(52, 0)).toEqual([30, 30, 30, 255]);
    expect(pixel(75, 47)).toEqual([40, 40, 40, 255]);
  });

  test('large images are thinned, and no more than ten are shown', () => {
    const large = image('x', Array<number>(96 * 96).fill(7), 96);
    const strip = thumbnails(Array<typeof large>(30).fill(large));
    expect(drawn(strip)).toMatchObject({ width: 10 * 48 + 9 * 4, height: 48 });
    expect(thumbnails([])).toBeUndefined();
  });
});

describe('what a preview says', () => {
  const preview: DataPreview = {
    looked: 1000,
    classes: [0, 1, 2].map((label) => ({ label: String(label), count: 300 + label })),
    spread: { mean: 0.1307, deviation: 0.3081 },
    images: [0, 1, 2].map((label) => ({
      ...{ label: String(label), width: 1, height: 1, channels: 1 as const },
      pixels: Uint8Array.of(9),
    })),
  };

  test('mean, deviation and classes; images only where the editor draws them', () => {
    const plain = previewDocs({ ...preview, withImages: false });
    expect(plain).toBe(
      'Of the first 1,000 samples: mean 0.131, standard deviation 0.308; 3 classes: `0` × 300, `1` × 301, `2` × 302.',
    );
    const drawn = previewDocs({ ...preview, withImages: true });
    expect(drawn).toContain('![one image each of 0, 1, 2](data:image/png;base64,');
  });

  test('a task shows its own classes', () => {
    const text = previewDocs({ ...preview, withImages: true }, [2]);
    expect(text).toContain('1 class: `2` × 302.');
    expect(text).toContain('![one image each of 2]');
  });

  test('words of a data file do not become Markdown', () => {
    const texts = [{ label: 'x', text: '<img> [a](b) *c*' }];
    const text = previewDocs({ looked: 1, classes: [], texts, withImages: true });
    expect(text).toContain(String.raw`\<img\> \[a\]\(b\) \*c\*`);
  });
});

test('the data set at a place is that of its entry, or of a use', async () => {
  const at = async (marked: string) => {
    const { text, offset } = atCursor(marked);
    return dataAt(await check(text), offset);
  };
  expect(await at(validSpec.replace('glyphs:', 'gl<|>yphs:'))).toBe('glyphs');
  expect(await at(validSpec.replace('on: glyphs, memory', 'on: gl<|>yphs, memory'))).toBe('glyphs');
  expect(await at(validSpec.replace('format: glyphs', 'format: gl<|>yphs'))).toBeUndefined();
  expect(await at(validSpec.replace('name: ', 'name: <|>'))).toBeUndefined();
});

describe('over the protocol', () => {
  const hoverAt = async (options: object) => {
    await initialize(undefined, options);
    await open(validSpec);
    const hover: { contents: { value: string } } = await client.sendRequest('textDocument/hover', {
      textDocument: { uri },
      position: { line: 3, character: 4 },
    });
    return hover.contents.value;
  };

  test('an editor that draws images gets them', async () => {
    const text = await hoverAt({ richHovers: true });
    expect(text).toContain('Of the first 200 samples: mean');
    expect(text).toContain('![one image each of 0, 1, 2, 3, 4, 5, 6, 7, 8, 9](data:image/png');
  });

  test('any other gets words', async () => {
    const text = await hoverAt({});
    expect(text).toContain('10 classes');
    expect(text).not.toContain('data:image');
  });
});
