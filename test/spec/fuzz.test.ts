import { expect, test } from 'vitest';
import { foldingRanges } from '../../server/src/language/folding-ranges';
import { formatting } from '../../server/src/language/formatting';
import { hover } from '../../server/src/language/hover';
import { documentSymbols } from '../../server/src/language/document-symbols';
import { inlayHints } from '../../server/src/language/inlay-hints';
import { prepareRename, RenameRefused } from '../../server/src/language/rename';
import { runDiagnostics } from '../../server/src/language/run-diagnostics';
import { selectionRange } from '../../server/src/language/selection-ranges';
import { semanticTokens } from '../../server/src/language/semantic-tokens';
import { parseSpec } from '../../server/src/spec/parse';
import type { SpecDocument } from '../../server/src/spec/spec-document';
import { check, editedWith, latest, validSpec } from '../language/kit';

/** A small seeded generator, so that a failure can be repeated (mulberry32). */
function seeded(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % limit;
  };
}

const pieces = [
  '{',
  '}',
  '[',
  ']',
  ':',
  ': ',
  '- ',
  '\n',
  '  ',
  '\t',
  '"',
  "'",
  '#',
  '*x',
  '&x ',
  '!t ',
  '|',
  '>',
  ',',
  '0',
  '-1',
  'null',
  '~',
  '🦦',
  '---\n',
  '? ',
  '__proto__: ',
  '<<: ',
  '%',
  '@',
  '\u0000',
  '.nan',
];

/** Cuts, doubles, moves or inserts something somewhere, one to three times. */
function mutant(text: string, random: (limit: number) => number): string {
  let result = text;
  for (let i = 0; i <= random(3); i++) {
    const at = random(result.length + 1);
    const length = random(12);
    const cut = result.slice(at, at + length);
    const rest = result.slice(at + length);
    const kind = random(4);
    if (kind === 0) result = result.slice(0, at) + rest;
    else if (kind === 1) result = result.slice(0, at) + cut + cut + rest;
    else if (kind === 2)
      result = result.slice(0, at) + (pieces[random(pieces.length)] ?? '') + cut + rest;
    else result = cut + result.slice(0, at) + rest;
  }
  return result;
}

test('2,000 mutants: nothing throws, and each is an experiment or has an error', async () => {
  const run = latest('completed');
  for (let seed = 0; seed < 2000; seed++) {
    const random = seeded(seed);
    const text = mutant(validSpec, random);
    const checked = await check(text);
    const errors = checked.diagnostics.filter(({ severity }) => severity === 'error');
    const context = `mutant ${seed}:\n${text}`;
    expect(checked.experiment === undefined, context).toBe(errors.length > 0);
    for (const { range, message } of checked.diagnostics) {
      const [start, end] = [range.start, range.end].map((place) =>
        checked.document.offsetAt(place),
      );
      expect(start, context).toBeLessThanOrEqual(end ?? -1);
      expect(message, context).not.toMatch(/undefined|\[object/);
    }
    hover(checked, random(text.length + 1), run);
    documentSymbols(checked);
    inlayHints(checked, run);
    runDiagnostics(checked, run);
    showStructure(checked.document, random(text.length + 1), context);
    if (seed % 10 === 0) await formatTwice(checked.document, context);
  }
}, 120_000);

function showStructure(document: SpecDocument, offset: number, context: string): void {
  foldingRanges(document);
  selectionRange(document, offset);
  const { data } = semanticTokens(document);
  expect(Math.min(0, ...data), context).toBe(0);
  try {
    prepareRename(document, offset);
  } catch (error) {
    expect(error, context).toBeInstanceOf(RenameRefused);
  }
}

async function formatTwice(document: SpecDocument, context: string): Promise<void> {
  const once = parseSpec(editedWith(document, await formatting(document, { tabSize: 2 })));
  expect(once.value, context).toEqual(document.value);
  expect(await formatting(once, { tabSize: 2 }), context).toEqual([]);
}
