/** Every feature finds the same words, however the lines of a spec end, and whatever letters stand before them. */
import { describe, expect, test } from 'vitest';
import type { Range } from 'vscode-languageserver';
import { codeActions } from '../../server/src/language/code-actions';
import { codeLenses } from '../../server/src/language/code-lenses';
import { completion } from '../../server/src/language/completion';
import { definition } from '../../server/src/language/definition';
import { documentLinks } from '../../server/src/language/document-links';
import { documentSymbols } from '../../server/src/language/document-symbols';
import { foldingRanges } from '../../server/src/language/folding-ranges';
import { formatting } from '../../server/src/language/formatting';
import { hover } from '../../server/src/language/hover';
import { inlayHints } from '../../server/src/language/inlay-hints';
import { lspDiagnostic } from '../../server/src/language/lsp-diagnostics';
import { pathCompletion } from '../../server/src/language/path-completion';
import { documentHighlights, references } from '../../server/src/language/references';
import { rename } from '../../server/src/language/rename';
import { runDiagnostics } from '../../server/src/language/run-diagnostics';
import { selectionRange } from '../../server/src/language/selection-ranges';
import { semanticTokens } from '../../server/src/language/semantic-tokens';
import type { CheckedSpec } from '../../server/src/spec/check-spec';
import { check, editedWith, latest, uri } from './kit';

/** Letters of one, two and four bytes, of two UTF-16 units and of several code points stand before what is looked for. */
const spec = `# 👩‍🔬 naïve
fip: 1
name: "🦦 ünïcode 日本"
data:
  glyphs: {format: glyphs, train: 2000}
  table: {format: csv, test: "👍 ü/日本.csv", file: "🦦.csv", labl: last}
model: {architecture: mlp, hidden: [30], classes: 10}
start: # 🦦
  train: {on: glyphs, epochs:   2}
path:
  - {objective: {type: sparsify, target: 0.8}, leg: prune, keep: {on: [glyphs, glyphz]}, solver: {type: geodesic, steps: 10}} # 👍
expect:
  - {metric: accuracy, on: glyphs, at: prune, at_least: 0.9}
`;

type Feature = (checked: CheckedSpec) => unknown;

/** Where the cursor is for features that need one. */
const at = ({ document }: CheckedSpec, words: string): number => document.text.indexOf(words) + 1;

const edits = ({ document }: CheckedSpec, changes: Parameters<typeof editedWith>[1]) =>
  editedWith(document, changes);

const features: Record<string, Feature> = {
  diagnostics: ({ diagnostics }) => diagnostics,
  hover: (checked) => hover(checked, at(checked, 'steps: 10'), latest('completed')),
  completion: (checked) => completion(checked.document, at(checked, 'epochs:')),
  'completion of values': (checked) =>
    completion(checked.document, at(checked, ': prune, at_least') + 1),
  'completion of paths': (checked) =>
    pathCompletion(checked.document, at(checked, '.csv", file') - 1, (path) =>
      Promise.resolve([{ name: path, isFolder: false }]),
    ),
  definition: (checked) => definition(checked.document, at(checked, 'glyphs, epochs')),
  references: (checked) => references(checked.document, at(checked, 'glyphs, epochs'), true),
  highlights: (checked) => documentHighlights(checked.document, at(checked, 'prune, at')),
  rename: (checked) =>
    edits(checked, rename(checked.document, at(checked, 'glyphs, epochs'), 'runes').changes?.[uri]),
  folding: ({ document }) => foldingRanges(document),
  selection: (checked) => selectionRange(checked.document, at(checked, 'glyphs, epochs')),
  colours: ({ document }) => semanticTokens(document),
  links: ({ document }) => documentLinks(document, (path) => Promise.resolve(path)),
  outline: (checked) => documentSymbols(checked),
  lenses: (checked) => codeLenses(checked, latest('completed')),
  hints: (checked) => inlayHints(checked, latest('completed')),
  'diagnostics of runs': (checked) => runDiagnostics(checked, latest('completed')),
  formatting: async (checked) => edits(checked, await formatting(checked.document, { tabSize: 2 })),
  'quick fixes': (checked) => {
    const whole = checked.document.range([0, checked.document.text.length]);
    const toLsp = (found: Parameters<typeof lspDiagnostic>[0]) => lspDiagnostic(found, uri, 'fip');
    return codeActions(checked.document, checked.diagnostics, whole, toLsp).map(
      ({ title, edit }) => [title, edits(checked, edit?.changes?.[uri])],
    );
  },
};

/** What a feature answers, with each range as the text that it covers, and line breaks as `\n`. */
async function answer(feature: Feature, text: string): Promise<unknown> {
  const checked = await check(text);
  const readable = (_key: string, value: unknown): unknown => {
    if (typeof value === 'string') return plainText(value);
    if (!isRange(value)) return value;
    const [start, end] = [value.start, value.end].map((place) => checked.document.offsetAt(place));
    return `${value.start.line}: ${plainText(text.slice(start, end))}`;
  };
  return JSON.parse(JSON.stringify(await feature(checked), readable));
}

const plainText = (text: string): string => text.replaceAll('\r\n', '\n').replace('\uFEFF', '');

function isRange(value: unknown): value is Range {
  return typeof value === 'object' && value !== null && 'start' in value && 'end' in value;
}

const isEmpty = (result: unknown): boolean =>
  result === null || (Array.isArray(result) && result.length === 0);

describe.each(Object.entries(features))('%s', (name, feature) => {
  test('with line ends of Windows, and with a byte order mark', async () => {
    const expected = await answer(feature, spec);
    expect(isEmpty(expected)).toBe(false);
    expect(await answer(feature, spec.replaceAll('\n', '\r\n'))).toEqual(expected);
    expect(await answer(feature, `\uFEFF${spec}`)).toEqual(expected);
    expect(await answer(feature, `\uFEFF${spec.replaceAll('\n', '\r\n')}`)).toEqual(expected);
  });

  test('with plain letters in the place of others', async () => {
    const plain = (text: string) => text.replaceAll(/👩‍🔬|[ïü🦦👍日本]/gu, 'x');
    const expected: unknown = JSON.parse(plain(JSON.stringify(await answer(feature, spec))));
    // Colours are counted in UTF-16 units, which the letters differ in.
    if (name !== 'colours') expect(await answer(feature, plain(spec))).toEqual(expected);
  });
});
