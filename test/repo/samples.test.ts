import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadExperiment } from '../../server/src/spec/load-experiment';

const folder = join(import.meta.dirname, '../../samples');
const names = readdirSync(folder).filter((name) => /\.fip\.ya?ml$/.test(name));

/** Samples may name public data that whoever runs them has to bring. */
const mayBeMissing = 'fip/file-missing';

describe('samples', () => {
  test('the one of the demo is there', () => {
    expect(names).toContain('sparsify-glyphs.fip.yaml');
  });

  test.each(names)('%s has no faults', async (name) => {
    const specPath = join(folder, name);
    const { diagnostics } = await loadExperiment(readFileSync(specPath, 'utf8'), { specPath });
    const faults = diagnostics.filter(({ code }) => code !== mayBeMissing);
    expect(faults.map(({ code, message }) => `${code}: ${message}`)).toEqual([]);
  });

  test.each(names)('%s says what it is for', (name) => {
    expect(readFileSync(join(folder, name), 'utf8')).toMatch(/^description: ./m);
  });
});
