/** Definition, references, highlights and rename of the names of data sets and legs. */
import { DocumentHighlightKind } from 'vscode-languageserver';
import { describe, expect, test } from 'vitest';
import { definition } from '../../server/src/language/definition';
import { documentHighlights, references } from '../../server/src/language/references';
import { prepareRename, rename } from '../../server/src/language/rename';
import { refsIn } from '../../server/src/spec/schema-node';
import { parseSpec } from '../../server/src/spec/parse';
import { atCursor, editedWith, uri, withRanges } from './kit';

/** Every place of `digits` is marked. */
const names = `fip: 1
name: 📈 digits and prune
data:
  [|digits|]: {format: glyphs}
  "letters": {format: glyphs, alphabet: letters}
model: {architecture: mlp, hidden: [30], classes: 10}
start:
  train: {on: [|digits|], epochs: 2}
path:
  - leg: learn
    objective: {type: learn, on: letters}
    keep:
      on:
        - '[|digits|]'
        - letters
      memory: 500
    solver: {type: geodesic, steps: 10}
  - leg: prune
    objective: {type: sparsify, target: 0.8}
    keep: {on: [|digits|], memory: 500}
    solver: {type: geodesic, steps: 10}
expect:
  - {metric: accuracy, on: [|digits|], at: prune, at_least: 0.9}
  - {metric: output_distance, on: memory, at: end, at_most: 0.1}
`;

const plain = withRanges(names).text;

const spans = (text: string, ranges: { range: Parameters<typeof offsets>[1] }[]) =>
  ranges.map(({ range }) => offsets(text, range));

function offsets(
  text: string,
  range: {
    start: { line: number; character: number };
    end: { line: number; character: number };
  },
) {
  const document = parseSpec(text, uri);
  return { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
}

const byStart = (a: { start: number }, b: { start: number }) => a.start - b.start;

describe('a data set', () => {
  const { text, ranges } = withRanges(names);

  test.each(ranges.flatMap(({ start, end }) => [start, start + 2, end]))(
    'is found from offset %i, at any of its places',
    (offset) => {
      const document = parseSpec(text, uri);
      expect(spans(text, definition(document, offset))).toEqual([ranges[0]]);
      expect(spans(text, references(document, offset, true)).sort(byStart)).toEqual(ranges);
      expect(spans(text, references(document, offset, false))).toHaveLength(ranges.length - 1);
    },
  );

  test('is highlighted, the place that gives the name as written to', () => {
    const highlights = documentHighlights(parseSpec(text, uri), ranges[2]?.start ?? 0) ?? [];
    expect(highlights.map(({ kind }) => kind)).toEqual([
      DocumentHighlightKind.Write,
      ...Array<DocumentHighlightKind>(4).fill(DocumentHighlightKind.Read),
    ]);
  });

  test('is renamed everywhere and nowhere else', () => {
    const document = parseSpec(text, uri);
    const edit = rename(document, ranges[3]?.start ?? 0, 'ciphers');
    const expected = names.replaceAll('[|digits|]', 'ciphers');
    expect(editedWith(document, edit.changes?.[uri])).toBe(expected);
  });

  test('in quotes keeps its quotes', () => {
    const { text: given, offset } = atCursor(plain.replace('"letters"', '"let<|>ters"'));
    const document = parseSpec(given, uri);
    expect(prepareRename(document, offset).placeholder).toBe('letters');
    const renamed = editedWith(document, rename(document, offset, 'runes').changes?.[uri]);
    expect(renamed).toContain('"runes": {format');
    expect(parseSpec(renamed).value).toEqual(
      parseSpec(
        plain
          .replace('"letters"', 'runes')
          .replaceAll(/on: letters|- letters/g, (use) => use.replace('letters', 'runes')),
      ).value,
    );
  });

  test.each(['true', 'Null', 'FALSE'])('called %s stays a text', (name) => {
    const document = parseSpec(text, uri);
    const renamed = editedWith(
      document,
      rename(document, ranges[0]?.start ?? 0, name).changes?.[uri],
    );
    expect(parseSpec(renamed).value).toMatchObject({
      data: { [name]: { format: 'glyphs' } },
      start: { train: { on: name } },
    });
  });
});

describe('a leg', () => {
  test('is found and renamed from an expectation', () => {
    const { text, offset } = atCursor(plain.replace('at: prune', 'at: pr<|>une'));
    const document = parseSpec(text, uri);
    expect(definition(document, offset)).toMatchObject([{ uri, range: { start: { line: 17 } } }]);
    const renamed = editedWith(document, rename(document, offset, 'cut').changes?.[uri]);
    expect(renamed).toBe(text.replace('leg: prune', 'leg: cut').replace('at: prune', 'at: cut'));
  });

  test('is not renamed where it would be too long', () => {
    const { text, offset } = atCursor(plain.replace('leg: prune', 'leg: <|>prune'));
    expect(() => rename(parseSpec(text, uri), offset, 'x'.repeat(61))).toThrow('at most 60');
  });
});

describe('what is written in another way', () => {
  test('an alias is renamed with the name that it stands for', () => {
    const given = plain
      .replace('train: {on: digits', 'train: {on: &d "\\x64igits"')
      .replace('keep: {on: digits', 'keep: {on: *d ');
    const document = parseSpec(given, uri);
    const renamed = editedWith(
      document,
      rename(document, given.indexOf('digits: {'), 'a').changes?.[uri],
    );
    expect(parseSpec(renamed).value).toEqual(
      parseSpec(plain.replaceAll(/digits(?! and)/g, 'a')).value,
    );
  });

  test('what an alias leads to is renamed once', () => {
    const given = plain
      .replace('keep:\n', 'keep: &kept\n')
      .replace('keep: {on: digits, memory: 500}', 'keep: *kept');
    const document = parseSpec(given, uri);
    expect(references(document, given.indexOf('digits: {'), true)).toHaveLength(4);
  });
});

describe('names that come from others', () => {
  const given = plain
    .replace('digits: {format: glyphs', 'digits: {format: glyphs, tasks: {count: 5}')
    .replace('on: letters}', 'on: digits-2}')
    .replace('at: prune', 'at: learn:digits-2');

  test('lead to what they come from', () => {
    const document = parseSpec(given, uri);
    expect(definition(document, given.indexOf('digits-2}'))).toMatchObject([
      { range: { start: { line: 3, character: 2 } } },
    ]);
  });

  test('keep what they add when it is renamed', () => {
    const document = parseSpec(given, uri);
    const edit = rename(document, given.indexOf('leg: learn') + 5, 'further');
    expect(editedWith(document, edit.changes?.[uri])).toContain('at: further:digits-2');
    const renamed = rename(document, given.indexOf('digits-2}'), 'mnist');
    const result = editedWith(document, renamed.changes?.[uri]);
    expect(result).toContain('on: mnist-2}');
    expect(result).toContain('at: learn:mnist-2');
  });

  test('keep it where they are written in other letters', () => {
    const escaped = given.replace('at: learn:digits-2', 'at: "learn:d\\x69gits-2"');
    const document = parseSpec(escaped, uri);
    const edit = rename(document, escaped.indexOf('digits: {'), 'mnist').changes?.[uri];
    expect(parseSpec(editedWith(document, edit)).value).toMatchObject({
      expect: [{ at: 'learn:mnist-2' }, {}],
    });
  });

  test('are taken', () => {
    const document = parseSpec(given, uri);
    expect(() => rename(document, given.indexOf('"letters') + 2, 'digits-3')).toThrow('already');
  });

  test('mean nothing where there are no tasks', () => {
    const without = plain.replace('on: letters}', 'on: digits-2}');
    expect(definition(parseSpec(without, uri), without.indexOf('digits-2}'))).toEqual([]);
  });
});

describe('a rename is refused', () => {
  test.each([
    ['on a key', 'sol<|>ver', 'cut', 'Only the names of data sets and legs'],
    ['on the name of the experiment', 'digits a<|>nd prune', 'cut', 'Only the names'],
    ['to a name that is taken', 'train: {on: di<|>gits', 'letters', 'already'],
    ['to a leg that there is', 'leg: prune<|>', 'learn', 'already'],
    ['to a word of the language', 'leg: prune<|>', 'end', 'word of the spec language'],
    ['to another word of the language', 'train: {on: di<|>gits', 'memory', 'word of the spec'],
    ['of a word of the language', 'at: e<|>nd', 'cut', 'word of the spec language'],
    ['of kept data', 'on: mem<|>ory', 'cut', 'word of the spec language'],
    ['to no name', 'train: {on: di<|>gits', '2 digits', 'is no name'],
    ['to nothing', 'train: {on: di<|>gits', '', 'is no name'],
  ])('%s', (_what, marked, newName, reason) => {
    const { text, offset } = atCursor(plain.replace(marked.replace('<|>', ''), marked));
    expect(() => rename(parseSpec(text, uri), offset, newName)).toThrow(reason);
  });

  test('of a name that nothing has', () => {
    const { text, offset } = atCursor(
      plain.replace('train: {on: digits', 'train: {on: dig<|>its2'),
    );
    expect(() => prepareRename(parseSpec(text, uri), offset)).toThrow('nothing to rename');
  });

  test('of a name that two legs have', () => {
    const { text, offset } = atCursor(plain.replace('leg: learn', 'leg: <|>prune'));
    expect(() => prepareRename(parseSpec(text, uri), offset)).toThrow('Several legs');
  });

  test('while the YAML is broken', () => {
    const { text, offset } = atCursor(`${plain.replace('leg: prune', 'leg: <|>prune')}x: [`);
    expect(() => prepareRename(parseSpec(text, uri), offset)).toThrow('mistake in its YAML');
  });
});

test('every reference of the schema is followed, also those of variants and lists', () => {
  expect(refsIn(parseSpec(plain).value).map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'data digits',
    'data letters',
    'data digits',
    'data letters',
    'data digits',
    'data digits',
    'leg prune',
    'data memory',
    'leg end',
  ]);
});

test('texts without names have none', () => {
  for (const text of ['', '[', 'data: 5', 'path: {a: 1}', 'data: [a]\npath: [1, {leg: 2}]']) {
    const document = parseSpec(text, uri);
    for (let offset = 0; offset <= text.length; offset++) {
      expect(definition(document, offset)).toEqual([]);
      expect(documentHighlights(document, offset)).toBeNull();
    }
  }
});
