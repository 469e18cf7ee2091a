import { expect, test } from 'vitest';
import { documentSymbols } from '../../server/src/language/document-symbols';
import { check, validSpec } from './kit';

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
