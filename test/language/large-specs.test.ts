/** Specs of thousands of lines: read whole, and every feature works at their far end. */
import { beforeAll, describe, expect, test } from 'vitest';
import { codeActions } from '../../server/src/language/code-actions';
import { completion } from '../../server/src/language/completion';
import { definition } from '../../server/src/language/definition';
import { documentSymbols } from '../../server/src/language/document-symbols';
import { foldingRanges } from '../../server/src/language/folding-ranges';
import { formatting } from '../../server/src/language/formatting';
import { hover } from '../../server/src/language/hover';
import { references } from '../../server/src/language/references';
import { rename } from '../../server/src/language/rename';
import { selectionRange } from '../../server/src/language/selection-ranges';
import { semanticTokens } from '../../server/src/language/semantic-tokens';
import { lspDiagnostic } from '../../server/src/language/lsp-diagnostics';
import type { CheckedSpec } from '../../server/src/spec/check-spec';
import { specOfLines } from '../bench/language/specs';
import { check, editedWith, uri } from './kit';

const lines = 5000;
const text = specOfLines(lines);
let checked: CheckedSpec;
beforeAll(async () => {
  checked = await check(text);
});

const last = (part: string) => text.lastIndexOf(part);

test.each([20, 500, 5000])('a spec of %i lines has no finding', async (count) => {
  const spec = specOfLines(count);
  expect(spec.split('\n')).toHaveLength(count + 1);
  const { diagnostics, experiment } = await check(spec);
  expect(diagnostics).toEqual([]);
  expect(experiment).toBeDefined();
});

describe('in 5,000 lines', () => {
  test('a mistake in the last lines stands where it is', async () => {
    const { diagnostics, document } = await check(`${text}  - {metric: acuracy, on: glyphs}\n`);
    expect(diagnostics.map(({ code }) => code)).toContain('fip/unknown-value');
    expect(diagnostics.every(({ range }) => range.start.line === lines)).toBe(true);
    const toLsp = (found: (typeof diagnostics)[number]) => lspDiagnostic(found, uri, 'fip');
    const range = diagnostics[0]?.range ?? {
      start: { line: 0, character: 0 },
      end: { line: 0, character: 0 },
    };
    expect(codeActions(document, diagnostics, range, toLsp).length).toBeGreaterThan(0);
  });

  test('mistakes in many places are told up to a limit, the first ones first', async () => {
    const { diagnostics } = await check(text.replaceAll('memory:', 'memroy:'));
    expect(diagnostics).toHaveLength(100);
    const places = diagnostics.map(({ range }) => range.start.line);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[0]).toBe(text.slice(0, text.indexOf('memory:')).split('\n').length - 1);
  });

  test('hover, completion, definition and references at the far end', () => {
    const { document } = checked;
    const target = last('target:') + 2;
    expect(JSON.stringify(hover(checked, target))).toContain('target');
    const at = last('at: prune-') + 'at: '.length;
    expect(definition(document, at + 2)).toBeTruthy();
    expect(references(document, at + 2, true)).toHaveLength(2);
    expect(references(document, last('on: glyphs') + 5, true).length).toBeGreaterThan(600);
    const labels = completion(document, at).map(({ label }) => label);
    expect(labels).toContain('prune-1');
    expect(labels.length).toBeGreaterThan(300);
  });

  test('a rename changes every place', async () => {
    const { document } = checked;
    const edit = rename(document, last('on: glyphs') + 5, 'letters');
    const changed = editedWith(document, edit.changes?.[uri]);
    expect(changed).not.toContain('on: glyphs');
    expect((await check(changed)).diagnostics).toEqual([]);
  });

  test('outline, folds, selections, colours', () => {
    const { document } = checked;
    const outline = documentSymbols(checked);
    const legs = outline.find(({ name }) => name === 'path')?.children ?? [];
    expect(legs.length).toBeGreaterThan(300);
    expect(foldingRanges(document).at(-1)?.endLine).toBeGreaterThan(lines - 50);
    expect(selectionRange(document, last('at_least')).parent).toBeDefined();
    expect(semanticTokens(document).data.length / 5).toBeGreaterThan(lines);
  });

  test('formatting keeps it, and mends what is untidy at the end alone', async () => {
    const untidy = `${text.trimEnd()}\n  -   {metric: accuracy,   on: glyphs, at_least: 0.9}\n`;
    const { document } = await check(untidy);
    const edits = await formatting(document, { tabSize: 2 });
    expect(edits.length).toBeGreaterThan(0);
    expect(edits.every(({ range }) => range.start.line > lines - 50)).toBe(true);
    expect((await check(editedWith(document, edits))).diagnostics).toEqual([]);
  });
});
