import { expect, test } from 'vitest';
import { codeActions } from '../../server/src/language/code-actions';
import { documentSymbols } from '../../server/src/language/document-symbols';
import { lspDiagnostic } from '../../server/src/language/lsp-diagnostics';
import { check, uri, validSpec, withRanges } from './kit';

test('the outline lists data sets, model, start, legs and expectations', async () => {
  const symbols = documentSymbols(await check(validSpec));
  expect(symbols.map(({ name, children }) => [name, children?.map((child) => child.name)])).toEqual(
    [
      ['data', ['glyphs']],
      ['model', []],
      ['start', []],
      ['path', ['prune']],
      ['expect', ['accuracy', 'sparsity']],
    ],
  );
  expect(symbols[3]?.children?.[0]).toMatchObject({ detail: 'sparsify' });
});

test('every symbol holds its selection, as editors demand', async () => {
  const { document, ...rest } = await check(validSpec);
  const inside = (symbol: ReturnType<typeof documentSymbols>[number]): boolean => {
    const at = document.offsetAt.bind(document);
    const holds =
      at(symbol.range.start) <= at(symbol.selectionRange.start) &&
      at(symbol.selectionRange.end) <= at(symbol.range.end);
    return holds && (symbol.children ?? []).every(inside);
  };
  expect(documentSymbols({ document, ...rest }).every(inside)).toBe(true);
});

test('a broken text has an empty outline', async () => {
  expect(documentSymbols(await check('['))).toEqual([]);
});

test('a misspelt key has a quick fix that mends exactly the key', async () => {
  const { text, ranges } = withRanges(validSpec.replace('steps: 10', '[|stepz|]: 10'));
  const { diagnostics, document } = await check(text);
  const at = document.rangeOf('/path/0/solver/stepz', 'key');
  const [action] = codeActions(uri, diagnostics, at, (found) => lspDiagnostic(found, uri, 'fip'));
  expect(action?.title).toBe('Change to `steps`');
  const [edit] = action?.edit?.changes?.[uri] ?? [];
  expect(edit?.newText).toBe('steps');
  expect(edit && document.offsetAt(edit.range.start)).toBe(ranges[0]?.start);
  expect(edit && document.offsetAt(edit.range.end)).toBe(ranges[0]?.end);
});
