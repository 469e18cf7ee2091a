import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { minilmFolder, missingMinilm } from '../scripts/lib/minilm.mjs';

const missing = missingMinilm();

/**
 * Why tests of the pretrained encoder are left out, for the line that says so; undefined where they run. Where
 * FIP_REQUIRE_MINILM is set they run and fail.
 */
export const withoutMinilm =
  missing === undefined || process.env['FIP_REQUIRE_MINILM']
    ? undefined
    : `skipped, as \`npm run setup:minilm\` has not been run (${missing})`;

/** A file of the pretrained encoder. */
export function readMinilm(name: string): Buffer {
  return readFileSync(join(minilmFolder, name));
}
