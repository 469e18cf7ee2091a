import { Ajv2020 } from 'ajv/dist/2020';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { diagnosticLines } from '../../server/src/cli/diagnostic-lines';
import { styleFor } from '../../server/src/cli/style';
import { temporaryFolder } from '../runs/support';
import { Captured, Fip, writeSpec } from './support';

const plain = styleFor(new Captured(), {});

describe('fip validate', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => folder.remove());
  const fip = (more = {}) => new Fip(folder.path, 'none', more);

  test('says nothing in JSON where all is well, and counts for people', async () => {
    const spec = writeSpec(folder.path);
    const json = fip();
    expect(await json.run('validate', '--json', spec)).toBe(0);
    expect(json.stdout.text).toBe('');
    const human = fip();
    expect(await human.run('validate', spec, spec)).toBe(0);
    expect(human.stdout.text).toBe('2 files: no findings.\n');
  });

  test('prints findings as the schema says, with the name that the user gave', async () => {
    const path = join(import.meta.dirname, '../../schemas/diagnostic.schema.json');
    const valid = new Ajv2020({ strict: false }).compile(JSON.parse(readFileSync(path, 'utf8')));
    writeSpec(folder.path, { file: 'bad.fip.yaml', expect: '[{ metric: accurazy }]' });
    writeFileSync(join(folder.path, 'broken.fip.yaml'), 'fip: [1\n\tname: {');
    writeFileSync(join(folder.path, 'empty.fip.yaml'), '');
    const files = ['./bad.fip.yaml', 'broken.fip.yaml', 'empty.fip.yaml', 'missing.fip.yaml'];
    const cli = fip();
    expect(await cli.run('validate', '--json', ...files)).toBe(2);
    const found = cli.stdout.lines.map((line) => JSON.parse(line));
    for (const finding of found) expect(valid(finding), JSON.stringify(finding)).toBe(true);
    expect(new Set(found.map(({ file }) => file))).toEqual(new Set(files));
  });

  test('shows place, message and the marked line', async () => {
    writeSpec(folder.path, { expect: '[{ metric: accurazy, at_least: 1 }]' });
    const cli = fip();
    expect(await cli.run('validate', 'fake.fip.yaml')).toBe(2);
    const [head, source, mark] = cli.stdout.lines;
    expect(head).toMatch(/^fake\.fip\.yaml:14:\d+ error .+ \[fip\/[a-z-]+\]$/);
    expect(source).toBe('   14 | expect: [{ metric: accurazy, at_least: 1 }]');
    expect(mark).toMatch(/^ {6}\| +\^+$/);
    expect(source!.slice(mark!.indexOf('^'), mark!.lastIndexOf('^') + 1)).toContain('accurazy');
    expect(cli.stdout.lines.at(-1)).toBe('1 file: 1 error, 0 warnings.');
  });

  test('looks data files up in the data root, of the option or the environment', async () => {
    const csv = 'data:\n  digits: { format: csv, file: table.csv }';
    const text = readFileSync(join(folder.path, writeSpec(folder.path)), 'utf8');
    writeFileSync(join(folder.path, 'csv.fip.yaml'), text.replace(/data:\n.*/, csv));
    const root = temporaryFolder();
    const rows = Array.from({ length: 400 }, (_, row) => `${row % 7},${row % 3},${row % 10}`);
    writeFileSync(join(root.path, 'table.csv'), rows.join('\n'));
    expect(await fip().run('validate', '--json', 'csv.fip.yaml')).toBe(2);
    const named = fip();
    const code = await named.run('validate', '--data-root', root.path, 'csv.fip.yaml');
    expect(named.stdout.text).not.toContain('error ');
    expect(code).toBe(0);
    expect(await fip({ env: { FIP_DATA_ROOT: root.path } }).run('validate', 'csv.fip.yaml')).toBe(
      0,
    );
    root.remove();
  });

  test.each([
    ['a tab before the finding', '\tkey: bad', 6, 9, '\t     ^^^', '\tkey: bad'],
    ['a range over several lines', 'key: [1,', 5, undefined, '     ^^^', 'key: [1,'],
    ['an empty range', 'key: bad', 5, 5, '     ^', 'key: bad'],
    ['a finding past the end', 'key', 9, 10, '   ^', 'key'],
  ])('marks %s', (_, text, from, to, mark, source) => {
    const end = to === undefined ? { line: 1, character: 1 } : { line: 0, character: to };
    const range = { start: { line: 0, character: from }, end };
    const finding = { file: 'x', range, severity: 'error', code: 'fip/x', message: 'm' } as const;
    const [, shown, marked] = diagnosticLines(finding, `${text}\n2]`, plain);
    expect(shown).toBe(`    1 | ${source}`);
    expect(marked).toBe(`      | ${mark}`);
  });

  test('a very long line is shown in part, around the finding', () => {
    const text = 'x'.repeat(100_000) + 'bad' + 'y'.repeat(100_000);
    const range = {
      start: { line: 0, character: 100_000 },
      end: { line: 0, character: 100_003 },
    };
    const finding = { file: 'x', range, severity: 'warning', code: 'c', message: 'm' } as const;
    const [, source, mark] = diagnosticLines(finding, text, plain);
    expect(source!.length).toBeLessThan(100);
    expect(source!.slice(mark!.indexOf('^'), mark!.lastIndexOf('^') + 1)).toBe('bad');
  });
});
