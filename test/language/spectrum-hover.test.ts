import { expect, test } from 'vitest';
import { hover } from '../../server/src/language/hover';
import type { LatestRun } from '../../server/src/language/latest-run';
import type { MeasuredSpectrum } from '../../server/src/protocol/generated';
import { atCursor, check, latest, validSpec } from './kit';

const spectrum: MeasuredSpectrum = {
  leg: 'prune',
  step: 5,
  on: 'memory',
  distance: 'logits',
  samples: 20,
  dimension: 200,
  values: [100, 10, 1, 0.1, 0.01],
  converged: 5,
  trace: 111,
  effective_rank: 1.2,
  effective_rank_error: 0.1,
  large: 1234,
  large_exact: true,
};

async function hoverText(run?: LatestRun): Promise<string> {
  const { text, offset } = atCursor(`${validSpec}measure:\n  spec<|>trum: {values: 5}\n`);
  const found = hover(await check(text), offset, run);
  return (found?.contents as { value: string }).value;
}

test('without a run: what the key means', async () => {
  expect(await hoverText()).toContain('largest eigenvalues of the metric');
  expect(await hoverText(latest('completed'))).not.toContain('|---|');
});

test('after a run: what was measured, with the curve of the logarithms', async () => {
  const run = latest('completed');
  const text = await hoverText({ ...run, view: { ...run.view, spectra: [spectrum] } });
  expect(text).toContain('**Run calm-otter**');
  expect(text).toContain(
    '| prune, step 5 | 1.2 ± 0.1 | 1,234 | 200 | 100 · 10 · 1 · 0.1 · … | `█▆▄▃▁` |',
  );
});

test('a count that is not settled says so, an exact rank has no error', async () => {
  const run = latest('completed', true);
  const one = { ...spectrum, large_exact: false, effective_rank_error: 0 };
  const { leg: _leg, ...alone } = one;
  const text = await hoverText({ ...run, view: { ...run.view, spectra: [alone] } });
  expect(text).toContain('| start | 1.2 | ≥ 1,234 |');
  expect(text).toContain('*Stale');
});
