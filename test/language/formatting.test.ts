/** Formatting: what it does, and what it must never do. */
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatting } from '../../server/src/language/formatting';
import { parseSpec } from '../../server/src/spec/parse';
import { editedWith, uri, withRanges } from './kit';

const root = join(import.meta.dirname, '../..');

async function format(text: string, range?: { start: number; end: number }): Promise<string> {
  const document = parseSpec(text, uri);
  const at = range && document.range([range.start, range.end]);
  return editedWith(document, await formatting(document, { tabSize: 2 }, at));
}

/** The comments of a text, as they stand one after another. */
const comments = (text: string): string[] =>
  [...text.matchAll(/(?<=^|\s)#[^\r\n]*/g)].map(([comment]) => comment.trimEnd());

const untidy = `# An experiment
fip:   1
name:  'two words'


data:
    digits:    {format: idx,   images: "a.gz",labels:   b.gz}   # the digits
    # about letters
    letters:
        format:  glyphs

path:
-   leg:    a            # aligned
    solver: {   type: geodesic, steps: 1e1 }   # aligned

-   leg: b
    text: |
        kept
          as it is
    other: >-
       folded
       text
`;

describe('formatting', () => {
  test('mends indentation and spaces; numbers, styles and comments stay', async () => {
    expect(await format(untidy)).toBe(`# An experiment
fip: 1
name: "two words"

data:
  digits: {format: idx, images: "a.gz", labels: b.gz} # the digits
  # about letters
  letters:
    format: glyphs

path:
  - leg: a # aligned
    solver: {type: geodesic, steps: 1e1} # aligned

  - leg: b
    text: |
      kept
        as it is
    other: >-
      folded
      text
`);
  });

  test('comments that were lined up behind tidy lines stay so', async () => {
    const text = `fip: 1          # one\nname: 'a b'      # two # three\nseed:  3        # loose\n`;
    expect(await format(text)).toBe(
      `fip: 1          # one\nname: 'a b'      # two # three\nseed: 3 # loose\n`,
    );
  });

  test('takes double quotes, but where a spec has single ones alone', async () => {
    expect(await format(`a:  'b'\nc: "d"\n`)).toBe(`a: "b"\nc: "d"\n`);
    expect(await format(`a:  'b'\n`)).toBe(`a: 'b'\n`);
  });

  test('changes only the lines that it must', async () => {
    const document = parseSpec(untidy, uri);
    const edits = await formatting(document, { tabSize: 2 });
    expect(edits.map(({ range }) => [range.start.line, range.end.line])).toEqual([
      [1, 2],
      [2, 4],
      [6, 10],
      [12, 22],
    ]);
  });

  test('of a range changes its section alone', async () => {
    const { text, ranges } = withRanges(untidy.replace('digits:', '[|digits:|]'));
    const result = await format(text, ranges[0]);
    expect(result).toContain('\n  digits: {format');
    expect(result).toContain('fip:   1');
    expect(result).toContain('-   leg:');
    expect(parseSpec(result).value).toEqual(parseSpec(text).value);
  });

  test('keeps Windows line ends and a byte order mark', async () => {
    const windows = `\uFEFF${untidy.replaceAll('\n', '\r\n')}`;
    const result = await format(windows);
    expect(result.startsWith('\uFEFF# An')).toBe(true);
    expect(result.replaceAll('\r\n', '')).not.toContain('\n');
    expect(result.slice(1).replaceAll('\r\n', '\n')).toBe(await format(untidy));
  });

  test('uses as many spaces as the editor does', async () => {
    const document = parseSpec('data:\n  a:\n    format: glyphs\n', uri);
    const edits = await formatting(document, { tabSize: 4 });
    expect(editedWith(document, edits)).toBe('data:\n    a:\n        format: glyphs\n');
  });

  test.each(['fip:   1\ndata: {', '', '# only this', '- 1\n-   2', 'a: 1\n---\nb:   1'])(
    'leaves %j as it is',
    async (text) => {
      expect(await format(text)).toBe(text);
    },
  );
});

function specFiles(): [string, string][] {
  const folders = ['samples', 'test/specs/broken'];
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((file) => file.endsWith('.yaml'))
      .map((file): [string, string] => [file, readFileSync(join(root, folder, file), 'utf8')]),
  );
}

async function expectFaithful(text: string): Promise<void> {
  const once = await format(text);
  expect(parseSpec(once).value).toEqual(parseSpec(text).value);
  expect(comments(once)).toEqual(comments(text));
  expect(await format(once)).toBe(once);
}

test.each(specFiles())('%s keeps its meaning, and is formatted once', async (_file, text) => {
  await expectFaithful(text);
});

test('a sample that was spoilt by spaces and blank lines becomes tidy again', async () => {
  const file = readFileSync(join(root, 'samples/learn-letters.fip.yaml'), 'utf8');
  const tidy = await format(file);
  const spoil = fc.record({
    line: fc.nat(),
    how: fc.constantFrom(
      (line: string) => `${line}   `,
      (line: string) => `${line}\n\n`,
      (line: string) => line.replaceAll(/(?<=[:,]) /g, '   '),
      (line: string) => line.replaceAll('{', '{  '),
      (line: string) => line.replace(/(?<!^\s*)(?<=\S) #/, '      #'),
    ),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(spoil, { maxLength: 12 }), async (spoils) => {
      const lines = tidy.split('\n');
      for (const { line, how } of spoils)
        lines[line % lines.length] = how(lines[line % lines.length] ?? '');
      await expectFaithful(lines.join('\n'));
    }),
    { numRuns: 60 },
  );
});
