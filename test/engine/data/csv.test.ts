import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { csvRows } from '../../../server/src/engine/data/inspect/csv-rows';
import { dataFacts, inspectData } from '../../../server/src/engine/data/inspect/inspect-data';
import { readData } from '../../../server/src/engine/data/read-data';
import type { CsvData } from '../../../server/src/spec/experiment';
import { TestFolder } from './test-files';

const data: CsvData = {
  format: 'csv',
  file: 'table.csv',
  test: 'test.csv',
  header: false,
  label: 'last',
  test_fraction: 0.2,
  normalize: false,
  label_offset: 0,
};

let folder: TestFolder;
beforeEach(() => {
  folder = new TestFolder();
  folder.write('test.csv', '1,2,0\n');
});
afterEach(() => folder.remove());

const read = (changes: Partial<CsvData> = {}) =>
  readData('set', { ...data, ...changes }, { seed: 1, resolvePath: folder.resolve });

/** Inputs and labels of the training rows of a table. */
function trained(content: string | Uint8Array, changes: Partial<CsvData> = {}) {
  folder.write('table.csv', content);
  const { inputs, labels } = read(changes).train;
  return { inputs: [...inputs], labels: [...labels] };
}

describe('reading tables', () => {
  const expected = { inputs: [1, 2, 3.5, -400], labels: [0, 1] };

  test.each<[string, string | Uint8Array, Partial<CsvData>]>([
    ['plain', '1,2,0\n3.5,-4e2,1\n', {}],
    ['without a last line break', '1,2,0\n3.5,-4e2,1', {}],
    ['with Windows line breaks', '1,2,0\r\n3.5,-4e2,1\r\n', {}],
    ['with a byte order mark', '\ufeff1,2,0\n3.5,-4e2,1\n', {}],
    ['with blank lines and spaces', '\n 1, 2 ,0\n  \n+3.5,-400., 1\n\n', {}],
    ['with quotes', '"1","2",0\n3.5,"-400","1"\n', {}],
    ['packed', gzipSync('1,2,0\n3.5,-400,1\n'), {}],
    ['with the label first', '0,1,2\n1,3.5,-400\n', { label: 'first', test: 'label-first.csv' }],
    ['with a numbered label', '1,0,2\n3.5,1,-400\n', { label: 1, test: 'label-middle.csv' }],
  ])('works %s', (_, content, changes) => {
    folder.write('label-first.csv', '0,1,2\n');
    folder.write('label-middle.csv', '1,0,2\n');
    expect(trained(content, changes)).toEqual(expected);
  });

  test('finds the label by name', () => {
    folder.write('test.csv', 'a,kind,"b, wide"\n1,0,2\n');
    const named = { header: true, label: 'kind' };
    expect(trained('a,kind,"b, wide"\n1,0,2\n3.5,1,-400\n', named)).toEqual(expected);
  });

  test('numbers text labels in sorted order, the same in both files', () => {
    folder.write('test.csv', '9,9,lily\n');
    const { labels } = trained('1,2,rose\n1,2,iris\n1,2,lily\n1,2,iris\n');
    expect(labels).toEqual([2, 0, 1, 0]);
    expect([...read().test.labels]).toEqual([1]);
    expect(read({ label_offset: 5 }).classes).toBe(8);
  });

  test('splits one file by the seed, without losing a row', () => {
    folder.write('table.csv', Array.from({ length: 20 }, (_, i) => `${i},${i % 3}`).join('\n'));
    const { test: named, ...single } = data;
    expect(named).toBe('test.csv');
    const split = (seed: number) => readData('set', single, { seed, resolvePath: folder.resolve });
    const { train, test: held } = split(1);
    expect([train.count, held.count]).toEqual([16, 4]);
    const all = [...train.inputs, ...held.inputs].sort((a, b) => a - b);
    expect(all).toEqual(Array.from({ length: 20 }, (_, i) => i));
    train.inputs.forEach((input, i) => expect(train.labels[i]).toBe(input % 3));
    expect(split(1)).toEqual(split(1));
    expect(split(2).test.inputs).not.toEqual(held.inputs);
  });

  test('normalises each column by its own training values', () => {
    folder.write('table.csv', '0,100,7,0\n2,300,7,1\n');
    folder.write('test.csv', '3,200,9,1\n');
    const { train, test: held } = read({ normalize: true });
    expect([...train.inputs]).toEqual([-1, -1, 0, 1, 1, 0]);
    expect([...held.inputs]).toEqual([2, 0, 2]);
  });
});

interface Trouble {
  title: string;
  table?: string | Uint8Array;
  held?: string;
  changes?: Partial<CsvData>;
  pointer?: string;
  code: string;
  message: string;
}

const troubles: Trouble[] = [
  {
    title: 'a missing file',
    changes: { file: 'tabel.csv' },
    code: 'fip/file-missing',
    message: 'Did you mean `table.csv`?',
  },
  { title: 'an empty file', table: '', code: 'fip/data-empty', message: '`table.csv` is empty' },
  { title: 'blank lines alone', table: '\n\n', code: 'fip/data-empty', message: 'no rows' },
  {
    title: 'a header alone',
    table: 'a,b,c\n',
    changes: { header: true },
    code: 'fip/data-empty',
    message: 'names of columns but no rows',
  },
  {
    title: 'bytes that are no text',
    table: Buffer.from([0x31, 0xff, 0xfe, 0x2c]),
    code: 'fip/data-malformed',
    message: 'UTF-8',
  },
  {
    title: 'a short row',
    table: '1,2,0\n1,0\n',
    code: 'fip/data-malformed',
    message: 'Line 2 of `table.csv` has 2 cells, but the first row has 3',
  },
  {
    title: 'a long row behind a cell of two lines',
    table: '1,2,"a\nb"\n1,2,3,0\n',
    code: 'fip/data-malformed',
    message: 'Line 3',
  },
  {
    title: 'a word among numbers',
    table: '1,2,0\n1,n/a,0\n',
    code: 'fip/data-cell',
    message: 'Line 2 of `table.csv`: column 1 holds `n/a`, but a number is needed',
  },
  {
    title: 'a hexadecimal number',
    table: '1,2,0\n0x10,2,0\n',
    code: 'fip/data-cell',
    message: 'column 0 holds `0x10`',
  },
  {
    title: 'an infinite number',
    table: '1,2,0\n1,1e999,0\n',
    code: 'fip/data-cell',
    message: 'column 1 holds `1e999`',
  },
  {
    title: 'an empty cell',
    table: 'x,y,z\n1,,0\n',
    changes: { header: true },
    held: 'x,y,z\n1,2,0\n',
    code: 'fip/data-cell',
    message: 'column 1 (`y`) is empty',
  },
  {
    title: 'an empty label',
    table: '1,2,0\n1,2,\n',
    code: 'fip/data-cell',
    message: 'column 2 is empty, but a label is needed',
  },
  {
    title: 'names where a sample is expected',
    table: 'x,y,z\n1,2,0\n',
    code: 'fip/data-cell',
    message: 'write `header: true`',
  },
  {
    title: 'a label that is no class',
    table: '1,2,0\n1,2,0.5\n',
    code: 'fip/data-cell',
    message: 'the label is `0.5`',
  },
  {
    title: 'a negative label',
    table: '1,2,1\n1,2,-1\n',
    code: 'fip/data-cell',
    message: 'the label is `-1`',
  },
  { title: 'one column', table: '1\n2\n', code: 'fip/data-malformed', message: 'only one column' },
  {
    title: 'semicolons',
    table: '1;2;0\n',
    code: 'fip/data-malformed',
    message: 'separated by semicolons',
  },
  {
    title: 'a quote that never closes',
    table: '1,2,0\n1,"2,0\n',
    code: 'fip/data-malformed',
    message: 'the quote that opens in line 2 is never closed',
  },
  {
    title: 'a plain file named .gz',
    changes: { file: 'plain.gz' },
    code: 'fip/data-malformed',
    message: 'not gzip-compressed',
  },
  {
    title: 'a packed file cut short',
    table: gzipSync('1,2,0\n3,4,1\n').subarray(0, -10),
    code: 'fip/data-truncated',
    message: 'ends too early',
  },
  {
    title: 'a column number that is too large',
    changes: { label: 3 },
    pointer: '/label',
    code: 'fip/data-column',
    message: 'numbered from 0 to 2; there is no column 3',
  },
  {
    title: 'a column name without names',
    changes: { label: 'species' },
    pointer: '/label',
    code: 'fip/data-column',
    message: 'Write `header: true`',
  },
  {
    title: 'a misspelt column name',
    table: 'x,species,z\n1,0,2\n',
    held: 'x,species,z\n1,0,2\n',
    changes: { header: true, label: 'spcies' },
    pointer: '/label',
    code: 'fip/data-column',
    message: 'Did you mean `species`?',
  },
  {
    title: 'a column name that reaches into a prototype',
    table: 'x,y\n1,0\n',
    held: 'x,y\n1,0\n',
    changes: { header: true, label: '__proto__' },
    pointer: '/label',
    code: 'fip/data-column',
    message: 'Its columns are `x`, `y`',
  },
  {
    title: 'test rows of another width',
    held: '1,2,3,0\n',
    pointer: '/test',
    code: 'fip/data-mismatch',
    message: '`test.csv` has 4 columns, but the training rows have 3',
  },
];

describe.each(troubles)('$title', ({ table, held, changes, pointer = '/file', code, message }) => {
  beforeEach(() => {
    folder.write('table.csv', table ?? '1,2,0\n3,4,1\n');
    folder.write('plain.gz', '1,2,0\n');
    if (held !== undefined) folder.write('test.csv', held);
  });

  test('stops the reader with the key of the spec', () => {
    expect(() => read(changes)).toThrow(
      expect.objectContaining({
        name: 'EngineError',
        code,
        pointer: `/data/set${pointer}`,
        message: expect.stringContaining(message) as string,
      }),
    );
  });

  test('is found by the editor', async () => {
    const [finding] = await inspectData({ ...data, ...changes }, folder.resolve);
    expect(finding).toEqual({
      pointer,
      code,
      severity: 'error',
      message: expect.stringContaining(message) as string,
    });
    expect(await dataFacts({ ...data, ...changes }, folder.resolve)).toBeUndefined();
  });
});

test('a test label that no training row has is refused', () => {
  folder.write('table.csv', '1,2,rose\n');
  folder.write('test.csv', '1,2,oak\n');
  expect(() => read()).toThrow('no training row has the label `oak`');
});

describe('inspecting tables', () => {
  const inspected = (changes: Partial<CsvData> = {}) =>
    dataFacts({ ...data, ...changes }, folder.resolve);

  test('tells what the reader will give', async () => {
    folder.write('table.csv', '1,2,0\n3,4,1\n5,6,4\n');
    for (const changes of [{}, { limit: 2 }, { label_offset: 10 }]) {
      const { train, test: held, inputShape, classes } = read(changes);
      expect(await inspected(changes)).toEqual({
        trainCount: train.count,
        testCount: held.count,
        inputShape: [...inputShape],
        largestLabel: classes - 1,
      });
    }
  });

  test.each([
    ['plain', (text: string) => text],
    ['packed', (text: string) => gzipSync(text)],
  ])('reads only the start of a long table: %s', async (_, pack) => {
    const row = '1,2,3\n';
    const table = `${row.repeat(30_000)}broken row\n`;
    folder.write('table.csv', pack(table));
    expect(await inspectData(data, folder.resolve)).toEqual([]);
    expect(await inspected()).toEqual({ testCount: 1, inputShape: [2], largestLabel: 3 });
  });

  test('is not misled by a quoted cell at the end of the start', async () => {
    const row = '1,"2",3\n';
    for (let shift = 0; shift < row.length; shift++) {
      folder.write('table.csv', `${' '.repeat(shift)}${row.repeat(20_000)}`);
      expect(await inspectData(data, folder.resolve)).toEqual([]);
    }
  });

  test('warns where a sample is taken for names', async () => {
    folder.write('table.csv', '1,2,0\n3,4,1\n');
    const [finding] = await inspectData({ ...data, header: true }, folder.resolve);
    expect(finding).toMatchObject({ pointer: '/header', severity: 'warning' });
  });
});

test('rows come back as they were quoted', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', ' ', '7') });
  const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 });
  fc.assert(
    fc.property(rows, fc.constantFrom('\n', '\r\n'), (written, newline) => {
      const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
      const text = written.map((row) => row.map(quote).join(',') + newline).join('');
      expect([...csvRows(text)].map(({ cells }) => cells)).toEqual(written);
    }),
  );
});

test('any text gives rows or an unclosed quote, never another failure', () => {
  const text = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ') });
  fc.assert(
    fc.property(text, (written) => {
      try {
        for (const { cells, line } of csvRows(written)) {
          expect(cells.length).toBeGreaterThan(0);
          expect(line).toBeGreaterThan(0);
        }
      } catch (error) {
        expect(error).toHaveProperty('message', expect.stringContaining('never closed'));
      }
    }),
    { numRuns: 1000 },
  );
});
