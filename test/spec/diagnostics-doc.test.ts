/** Codes and their documentation go together. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { specCodes } from '../../server/src/spec/codes';

const root = join(import.meta.dirname, '../..');
const doc = readFileSync(join(root, 'docs/diagnostics.md'), 'utf8');
const documented = [...doc.matchAll(/^### (fip\/[a-z-]+)$/gm)].map(([, code]) => code ?? '');

/** Every code that stands in the server's sources. Messages of the protocol have two slashes. */
function codesInSources(): Set<string> {
  const folder = join(root, 'server/src');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const sources = files.filter((file) => file.endsWith('.ts') && !/^protocol[/\\]/.test(file));
  return new Set(
    sources.flatMap((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      return [...text.matchAll(/'(fip\/[a-z-]+)'/g)].map(([, code]) => code ?? '');
    }),
  );
}

test('every code has a section, and every section a code', () => {
  const used = codesInSources();
  expect([...used].filter((code) => !documented.includes(code))).toEqual([]);
  expect(documented.filter((code) => !used.has(code))).toEqual([]);
});

test('no code has two sections, and each section says something', () => {
  expect(new Set(documented).size).toBe(documented.length);
  for (const section of doc.split(/^### /m).slice(1)) {
    const body = section.split('\n').slice(1).join(' ');
    expect(body.trim().length, section.slice(0, 40)).toBeGreaterThan(40);
  }
});

test('no code is listed twice', () => {
  expect(new Set(specCodes).size).toBe(specCodes.length);
});
