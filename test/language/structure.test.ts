/** Folding, selection, links and colours: what an editor shows of the structure of a spec. */
import { describe, expect, test } from 'vitest';
import { documentLinks } from '../../server/src/language/document-links';
import { foldingRanges } from '../../server/src/language/folding-ranges';
import { selectionRange } from '../../server/src/language/selection-ranges';
import { semanticTokens, semanticTokensLegend } from '../../server/src/language/semantic-tokens';
import { parseSpec } from '../../server/src/spec/parse';
import { atCursor, uri, validSpec, withRanges } from './kit';

describe('folding', () => {
  const folds = (text: string) =>
    foldingRanges(parseSpec(text, uri)).map(({ startLine, endLine, kind }) => [
      startLine,
      endLine,
      ...(kind === undefined ? [] : [kind]),
    ]);

  test('mappings, lists and items fold without the comments and blank lines behind them', () => {
    expect(
      folds(`fip: 1\n${validSpec.slice(7).replace('expect:', '\n# bounds\n\nexpect:')}`),
    ).toEqual([
      [2, 3],
      [5, 6],
      [7, 11],
      [8, 11],
      [15, 17],
    ]);
  });

  test('brackets, blocks of text and comments over several lines fold', () => {
    const text = `# one
# two

# three
name: >
  folded
  text

data: {
  a: {format: glyphs}, # four
  # five
  # six
  b: {format: glyphs}
}
# region more
seed: 1
# endregion
`;
    expect(folds(text)).toEqual([
      [0, 1, 'comment'],
      [4, 6],
      [8, 13],
      [10, 11, 'comment'],
      [14, 16, 'region'],
    ]);
    expect(folds(text.replaceAll('\n', '\r\n'))).toEqual(folds(text));
  });

  test('half-typed specs fold as far as they can be read', () => {
    expect(folds('data:\n  a:\n    format: glyphs\npath: [\n')).toContainEqual([0, 2]);
    expect(folds('')).toEqual([]);
    expect(folds('# endregion')).toEqual([]);
  });
});

describe('selection', () => {
  /** The texts that a selection grows over. */
  function grown(marked: string): string[] {
    const { text, offset } = atCursor(marked);
    const document = parseSpec(text, uri);
    const texts: string[] = [];
    for (let at = selectionRange(document, offset); ; at = at.parent) {
      texts.push(text.slice(document.offsetAt(at.range.start), document.offsetAt(at.range.end)));
      if (!at.parent) return texts;
    }
  }

  test('grows from a word to its quotes, its key, its brackets, and on to the whole', () => {
    const text =
      'name: 👍\npath:\n  - leg: a\n    keep: {on: "dig<|>its", memory: 5} # why\n    x: 1\n';
    const plain = text.replace('<|>', '');
    const leg = 'leg: a\n    keep: {on: "digits", memory: 5} # why\n    x: 1';
    expect(grown(text)).toEqual([
      'digits',
      '"digits"',
      'on: "digits"',
      'on: "digits", memory: 5',
      '{on: "digits", memory: 5}',
      'keep: {on: "digits", memory: 5}',
      leg,
      `- ${leg}`,
      `path:\n  - ${leg}`,
      plain,
    ]);
  });

  test('every selection holds the cursor, and every one the one before it', () => {
    for (let offset = 0; offset <= validSpec.length; offset++) {
      const document = parseSpec(validSpec, uri);
      let inner: [number, number] = [offset, offset];
      for (
        let at = selectionRange(document, offset) as ReturnType<typeof selectionRange> | undefined;
        at;
        at = at.parent
      ) {
        const outer: [number, number] = [
          document.offsetAt(at.range.start),
          document.offsetAt(at.range.end),
        ];
        expect(outer[0] <= inner[0] && inner[1] <= outer[1]).toBe(true);
        inner = outer;
      }
      expect(inner).toEqual([0, validSpec.length]);
    }
  });
});

describe('links', () => {
  const files = `data:
  a: {format: idx, images: "[|images 🖼.gz|]", labels: missing.gz}
  b: {format: csv, file: [|table.csv|], test: table.csv.gz}
start: {weights: [|w.safetensors|]}
`;

  test('lead from the letters of a path to its file, where there is one', async () => {
    const { text, ranges } = withRanges(files);
    const document = parseSpec(text, uri);
    const there = ['images 🖼.gz', 'table.csv', 'w.safetensors'];
    const links = await documentLinks(document, (path) =>
      Promise.resolve(there.includes(path) ? `file:///${path}` : undefined),
    );
    expect(links).toEqual(
      ranges.map(({ start, end }, i) => ({
        range: document.range([start, end]),
        target: `file:///${there[i]}`,
      })),
    );
  });
});

describe('colours', () => {
  /** Each token as \`type text\`, a declaration with a \`!\`. */
  function tokens(text: string, range?: { start: number; end: number }): string[] {
    const document = parseSpec(text, uri);
    const { data } = semanticTokens(document, range && document.range([range.start, range.end]));
    let [line, character] = [0, 0];
    const found: string[] = [];
    for (let i = 0; i < data.length; i += 5) {
      const [lines = 0, characters = 0, length = 0, type = 0, modifiers] = data.slice(i, i + 5);
      character = lines > 0 ? characters : character + characters;
      line += lines;
      const start = document.offsetAt({ line, character });
      const name = semanticTokensLegend.tokenTypes[type] ?? '';
      found.push(`${name}${modifiers ? '!' : ''} ${text.slice(start, start + length)}`);
    }
    return found;
  }

  test('tell names, variants, values and keys apart; what is unknown has none', () => {
    const text = `name: "👍 of all"
seed: 7
backend: wasm
data:
  digits: {format: glyphs, nomalize: true, normalize: false}
path:
  - leg: 'prune'
    objective: {type: sparsify}
    keep: {on: [digits, nothing]}
expect:
  - {metric: loss, at: prune, on: 'digits'}
  - {at: end}
`;
    expect(tokens(text)).toEqual([
      'property name',
      'string "👍 of all"',
      'property seed',
      'number 7',
      'property backend',
      'enumMember wasm',
      'property data',
      'variable! digits',
      'property format',
      'type glyphs',
      'keyword true',
      'property normalize',
      'keyword false',
      'property path',
      'property leg',
      'function! prune',
      'property objective',
      'property type',
      'type sparsify',
      'property keep',
      'property on',
      'variable digits',
      'property expect',
      'property metric',
      'enumMember loss',
      'property at',
      'function prune',
      'property on',
      'variable digits',
      'property at',
    ]);
    expect(tokens(text.replaceAll('\n', '\r\n'))).toEqual(tokens(text));
  });

  test('of a range are those that touch it', () => {
    const { text, ranges } = withRanges(validSpec.replace('epochs: 2', '[|epochs: 2|]'));
    expect(tokens(text, ranges[0])).toEqual(['property epochs', 'number 2']);
  });

  test('a text over several lines has none, and nothing is coloured twice', () => {
    expect(tokens('name: one\n  two\nseed: 1')).toEqual([
      'property name',
      'property seed',
      'number 1',
    ]);
    expect(tokens('model: &d {architecture: mlp}\nstart: *d')).toEqual([
      'property model',
      'property architecture',
      'type mlp',
      'property start',
    ]);
  });
});
