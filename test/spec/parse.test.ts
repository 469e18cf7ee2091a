import { describe, expect, test } from 'vitest';
import { maxLength, parseSpec } from '../../server/src/spec/parse';
import { loadExperiment } from '../../server/src/spec/load-experiment';
import { validSpec } from '../language/kit';

/** Code, line and column (from 0) of every finding. */
async function findings(text: string): Promise<string[]> {
  const { diagnostics } = await loadExperiment(text, { specPath: '/nowhere/x.fip.yaml' });
  return diagnostics.map(
    ({ code, range: { start } }) => `${code} ${start.line}:${start.character}`,
  );
}

describe('texts that are no spec give one finding on the first line', () => {
  test.each([
    ['nothing', '', 'fip/empty 0:0'],
    ['blank lines', '\n \n\n', 'fip/empty 0:0'],
    ['only comments', '# one\n# two\n', 'fip/empty 0:0'],
    ['a document mark', '---\n', 'fip/empty 0:0'],
    ['only a byte order mark', '\uFEFF', 'fip/empty 0:0'],
    ['an image', '\u0089PNG\r\n\u001a\n\u0000\u0000', 'fip/not-text 0:0'],
    ['UTF-16 read as UTF-8', 'f\u0000i\u0000p\u0000', 'fip/not-text 0:0'],
    ['a megabyte of comments', `${validSpec}${'# padding\n'.repeat(100_000)}`, 'fip/too-large 0:0'],
    ['a megabyte without an end of line', 'x'.repeat(1_000_000), 'fip/too-large 0:0'],
    ['many thousand values', `a: [${'1, '.repeat(60_000)}]`, 'fip/too-large 0:0'],
    ['plain text', 'hello there', 'fip/not-a-mapping 0:0'],
    [
      'a program',
      'import x from "y";\nconst a = {b: 1};\nfunction f() { return 1 }\n',
      'fip/syntax 0:0',
    ],
  ])('%s', async (_name, text, expected) => {
    const found = await findings(text);
    expect(found.map((line) => line.replace(/0:\d+$/, '0:0'))).toEqual([expected]);
  });
});

describe('texts that nest too deeply are refused before the parser sees them', () => {
  test.each([
    ['brackets', '['.repeat(10_000)],
    ['braces', '{a: '.repeat(10_000)],
    ['dashes', '- '.repeat(10_000)],
    ['question marks', '? '.repeat(10_000)],
    ['indentation', Array.from({ length: 300 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
    ['both', `a:\n${'  - [{b: ['.repeat(3000)}`],
  ])('%s', async (_name, text) => {
    expect((await findings(text)).map((line) => line.split(' ')[0])).toEqual(['fip/too-deep']);
  });

  test('brackets in a comment do not count', async () => {
    expect(await findings(`${validSpec}# ${'['.repeat(200)}\n`)).toEqual([]);
  });
});

test('the empty spec says what to do', async () => {
  const { diagnostics } = await loadExperiment('', { specPath: '/nowhere/x.fip.yaml' });
  expect(diagnostics[0]?.message).toContain('New Experiment from Sample');
});

test('a text just below the limit is read', () => {
  const text = validSpec.padEnd(maxLength - 1, '#'.padEnd(99, 'x') + '\n');
  expect(parseSpec(text).value).toBeDefined();
});

describe('places', () => {
  const text =
    'fip: 1\r\nname: "🦦 otter"\r\npath:\r\n  - leg: a # first\r\n    keep: {on: [x, y]}\r\n';
  const document = parseSpec(text);
  const textAt = (pointer: string, part: 'key' | 'value' | 'entry') =>
    text.slice(...document.spanOf(pointer, part));

  test('every pointer leads to its text', () => {
    expect(textAt('/name', 'key')).toBe('name');
    expect(textAt('/name', 'value')).toBe('"🦦 otter"');
    expect(textAt('/path/0/leg', 'entry')).toBe('leg: a');
    expect(textAt('/path/0/keep/on/1', 'value')).toBe('y');
    expect(document.rangeOf('/path/0/leg')).toEqual({
      start: { line: 3, character: 9 },
      end: { line: 3, character: 10 },
    });
  });

  test('what is not there stands at its nearest ancestor', () => {
    expect(textAt('/path/0/keep/memory', 'value')).toBe('keep');
    expect(textAt('/path/0/solver/steps', 'value')).toBe('leg');
    expect(textAt('/start/train', 'value')).toBe('fip');
  });

  test('every offset leads to the narrowest place', () => {
    expect(document.pointerAt(text.indexOf('x, y'))).toEqual({
      pointer: '/path/0/keep/on/0',
      isKey: false,
    });
    expect(document.pointerAt(text.indexOf('keep') + 2)).toEqual({
      pointer: '/path/0/keep',
      isKey: true,
    });
    expect(document.pointerAt(text.indexOf('otter'))).toEqual({ pointer: '/name', isKey: false });
  });

  test('aliases are resolved, and what they hold stands where they do', () => {
    const aliased = parseSpec('a: &x {b: 1}\nc: *x\n');
    expect(aliased.value).toEqual({ a: { b: 1 }, c: { b: 1 } });
    expect(aliased.text.slice(...aliased.spanOf('/c/b'))).toBe('*x');
  });
});
