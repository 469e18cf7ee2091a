/** What the build puts in the place of the schema's compiler finds the same, to the letter. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import esbuild from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compiledValidator } from '../../scripts/lib/compiled-validator.mjs';
import { parseSpec } from '../../server/src/spec/parse';
import * as fromSources from '../../server/src/spec/schema';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'fip-validator-'));
let built: typeof fromSources;

beforeAll(async () => {
  const outfile = join(folder, 'schema.cjs');
  const { metafile } = await esbuild.build({
    entryPoints: [join(root, 'server/src/spec/schema.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    metafile: true,
    plugins: [compiledValidator],
  });
  // The compiler itself must not have come along.
  expect(Object.keys(metafile.inputs).join('\n')).not.toContain('ajv/dist/core');
  built = createRequire(import.meta.url)(outfile) as typeof fromSources;
});
afterAll(() => rmSync(folder, { recursive: true }));

const files = ['samples', 'test/specs/broken'].flatMap((part) =>
  readdirSync(join(root, part))
    .filter((name) => name.endsWith('.fip.yaml'))
    .map((name) => join(root, part, name)),
);

test('the same defaults and the same errors in every sample and every broken spec', () => {
  expect(files.length).toBeGreaterThan(100);
  let errors = 0;
  for (const file of files) {
    const { value } = parseSpec(readFileSync(file, 'utf8'));
    const wanted = fromSources.checkSchema(value ?? {});
    errors += wanted.errors.length;
    expect(built.checkSchema(value ?? {}), file).toEqual(wanted);
  }
  expect(errors).toBeGreaterThan(100);
});
