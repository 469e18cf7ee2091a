/** A spec that is read part by part is the same spec: every mutant, whatever was read before. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expect, test, vi } from 'vitest';
import * as yaml from 'yaml';
import { completion } from '../../server/src/language/completion';
import { parseSpec } from '../../server/src/spec/parse';
import { readParts } from '../../server/src/spec/parse-parts';
import type { Parts } from '../../server/src/spec/parse-parts';
import type { SpecDocument } from '../../server/src/spec/spec-document';
import { specOfLines } from '../bench/language/specs';
import { validSpec } from '../language/kit';
import { mutants } from './fuzz';
import { mutant, seeded } from './mutate';

vi.mock('yaml', async (original) => {
  const real = await original<typeof yaml>();
  return { ...real, parseDocument: vi.fn(real.parseDocument) };
});
const parseDocument = vi.mocked(yaml.parseDocument);

const samples = join(import.meta.dirname, '../../samples');
const texts = [
  validSpec,
  specOfLines(120),
  ...readdirSync(samples)
    .filter((name) => name.endsWith('.fip.yaml'))
    .map((name) => readFileSync(join(samples, name), 'utf8')),
];

/** All that a document knows of its text. */
const knowledge = (document: SpecDocument) => ({
  value: document.value,
  diagnostics: document.diagnostics,
  brokenAt: document.brokenAt,
  places: document.pointers().map((pointer) => ({
    pointer,
    key: document.spanOf(pointer, 'key'),
    value: document.spanOf(pointer),
    collection: document.isCollection(pointer),
    aliased: document.isAliased(pointer),
    unreadable: document.isUnreadable(pointer),
  })),
});

const count = Math.max(500, mutants / 10);

test(`${count} mutants are read alike`, () => {
  let parts: Parts = new Map();
  let inParts = 0;
  for (let seed = 0; seed < count; seed++) {
    const draw = seeded(seed + 1_000_000);
    const text = mutant(texts[draw(texts.length)] ?? '', draw);
    const form = draw(2) === 0 ? text : text.replaceAll('\n', '\r\n');
    if (readParts(form, parts)) inParts++;
    const document = parseSpec(form, '', parts);
    const [found, wanted] = [knowledge(document), knowledge(parseSpec(form))];
    // The quick comparison first.
    if (!isDeepStrictEqual(found, wanted))
      expect(found, `mutant ${seed}:\n${text}`).toEqual(wanted);
    ({ parts } = document);
    parseDocument.mockClear();
  }
  // The others are broken or reach beyond their parts, and are read whole.
  expect(inParts).toBeGreaterThan(count / 10);
});

test('after an edit, only the part that changed is read, even if the text was broken in between', () => {
  const text = specOfLines(500);
  const first = parseSpec(text, '', new Map());
  const broken = parseSpec(text.replace('target:', '"target:'), '', first.parts);
  expect(broken.brokenAt).toBeDefined();
  parseDocument.mockClear();
  const edited = text.replace('target: 0.1', 'target: 0.2');
  const { value } = parseSpec(edited, '', broken.parts);
  expect(parseDocument.mock.calls).toHaveLength(1);
  expect(parseDocument.mock.calls[0]?.[0]).toMatch(/^ {2}- leg: prune-\d+\n[^-]*target: 0\.2/);
  expect(value).toEqual(parseSpec(edited).value);
});

test('what is no longer in the text is forgotten', () => {
  let parts: Parts = new Map();
  for (let i = 0; i < 50; i++)
    ({ parts } = parseSpec(validSpec.replace('steps: 10', `steps: ${i}`), '', parts));
  expect(parts.size).toBeLessThan(20);
});

test('completion in a long spec reads the part that the cursor is in alone', () => {
  const document = parseSpec(specOfLines(500), '', new Map());
  parseDocument.mockClear();
  const offset = document.text.lastIndexOf('steps: 20') + 'steps'.length;
  expect(completion(document, offset).map(({ label }) => label)).toContain('steps');
  const lengths = parseDocument.mock.calls.map(([part]) => part.length);
  expect(Math.max(...lengths)).toBeLessThan(400);
});
