/** The hover of a leg that has found an ensemble shows it, beside those trained independently. */
import { expect, test } from 'vitest';
import { hover } from '../../server/src/language/hover';
import type { LatestRun } from '../../server/src/language/latest-run';
import type { Ensemble } from '../../server/src/protocol/generated';
import { atCursor, check, latest, validSpec } from './kit';

const member = (share: number) => ({
  ...{ accuracy: { glyphs: share }, arc_length: 5, weight_distance: 4 },
});
const ensemble: Ensemble = {
  members: [member(0.9), member(0.88)],
  accuracy: { glyphs: 0.925 },
  disagreement: 0.12,
  coherence: 0.5,
  layer_diversity: { 'a.weight': 0.1, 'b.weight': 0.3, 'c.weight': 0.2, d: 0, e: 0.05 },
};

function withEnsembles(run: LatestRun): LatestRun {
  const end = { accuracy: { glyphs: 0.9 }, loss: {}, sparsity: 0 };
  const legs = run.view.legs.map((leg) => {
    const place = { leg: leg.leg, objective: 'diversify', status: 'completed' as const };
    return { ...leg, report: { ...place, steps: 10, seconds: 1, end, ensemble } };
  });
  const place = { baseline: 'independent_ensemble', leg: 'prune', steps: 20 };
  const members = [{ ...member(0.95), arc_length: null }];
  const trained = { members, accuracy: { glyphs: 0.96 }, disagreement: null };
  const report = { ...place, seconds: 2, end, ensemble: trained };
  const baselines = [{ ...place, status: 'completed' as const, step: 20, report }];
  return { ...run, view: { ...run.view, legs, baselines } };
}

async function hoverText(run: LatestRun): Promise<string> {
  const { text, offset } = atCursor(validSpec.replace('- leg: pru', '- leg: pr<|>u'));
  const found = hover(await check(text), offset, run);
  return (found?.contents as { value: string }).value;
}

test('members alone and together, and how they differ', async () => {
  const text = await hoverText(withEnsembles(latest('completed')));
  expect(text).toContain(
    [
      '| ensemble | the path | independent_ensemble |',
      '|---|---:|---:|',
      '| accuracy together, glyphs | 92.5 % | 96 % |',
      '| of each of them, glyphs | 90 % · 88 % | 95 % |',
      '| two disagree | 12 % | – |',
      '| largest cosine of input gradients | 0.5 | – |',
      '| apart by layer | b.weight 0.3 · c.weight 0.2 · a.weight 0.1 · e 0.05 · … |  |',
    ].join('\n'),
  );
});

test('nothing of it beside a leg that finds one network', async () => {
  expect(await hoverText(latest('completed'))).not.toContain('| ensemble |');
});
