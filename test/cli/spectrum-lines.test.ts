import { expect, test } from 'vitest';
import { spectrumLines } from '../../server/src/cli/spectrum-lines';
import type { MeasuredSpectrum } from '../../server/src/protocol/generated';

const spectrum: MeasuredSpectrum = {
  step: 0,
  on: 'digits',
  distance: 'logits',
  samples: 100,
  dimension: 1000,
  values: [12.5, 4, 3, 2, 1, 0.5],
  converged: 6,
  trace: 30,
  effective_rank: 4.25,
  effective_rank_error: 0,
  large: 120,
  large_exact: true,
};

test('a row for each network, and nothing where nothing was measured', () => {
  expect(spectrumLines([], 100)).toEqual([]);
  const later = { ...spectrum, leg: 'prune', step: 12, on: 'memory', large: 9, large_exact: false };
  const [, , first, second, ...rest] = spectrumLines([spectrum, later], 100);
  expect(first).toMatch(
    /^start +100 of digits, logits +1,000 +4\.25 +120 {2}12\.5 {2}4\.00 {2}3\.00 {2}2\.00 {2}…$/,
  );
  expect(second).toMatch(/^prune, step 12 +100 of memory, logits +1,000 +4\.25 +≥ 9 /);
  expect(rest).toEqual([]);
});

test('says where values are not converged', () => {
  expect(spectrumLines([{ ...spectrum, converged: 5 }], 100).at(-1)).toMatch(/not.* converged/i);
});
