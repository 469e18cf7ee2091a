import { expect, test } from 'vitest';
import { ensembleLines } from '../../server/src/cli/ensemble-lines';
import type { LegReport } from '../../server/src/protocol/generated';

const leg: LegReport = {
  leg: 'spread',
  objective: 'diversify',
  status: 'completed',
  steps: 8,
  seconds: 1,
  end: { accuracy: { digits: 0.9 }, loss: {}, sparsity: 0 },
};
const member = { accuracy: { digits: 0.9 }, arc_length: 5, weight_distance: 4.25 };
const ensemble = {
  members: [member, { ...member, accuracy: { digits: null } }],
  accuracy: { digits: 0.925 },
  disagreement: 0.125,
};

test('a row for each member and one for all, and how they differ', () => {
  expect(ensembleLines({ legs: [leg], baselines: [] }, 100)).toEqual([]);
  const legs = [{ ...leg, ensemble }];
  const [, titles, ...rows] = ensembleLines({ legs, baselines: [] }, 100);
  expect(titles).toMatch(/digits +length +in weights$/);
  expect(rows[0]).toMatch(/^spread-member-1 +90\.0 % +5\.00 +4\.25$/);
  expect(rows[1]).toMatch(/^spread-member-2 +– +5\.00 +4\.25$/);
  expect(rows[2]).toMatch(/^together +92\.5 %/);
  expect(rows[3]).toBe('Two members disagree on 12.5 % of the kept test samples.');
});

test('tells of gradients where there are any', () => {
  const legs = [{ ...leg, ensemble: { ...ensemble, coherence: 0.5 } }];
  const lines = ensembleLines({ legs, baselines: [] }, 100);
  expect(lines.at(-1)).toMatch(/; the largest cosine of their input gradients is 0\.500\.$/);
});

test('a table for the ensemble of a baseline, below that of the leg that it stands beside', () => {
  const beside = {
    ...{ baseline: 'independent_ensemble', leg: 'spread', steps: 90, seconds: 3, end: leg.end },
    ensemble: { ...ensemble, members: [{ ...member, arc_length: null }] },
  };
  const lines = ensembleLines({ legs: [{ ...leg, ensemble }], baselines: [beside] }, 100);
  const alone = ensembleLines({ legs: [{ ...leg, ensemble }], baselines: [] }, 100);
  expect(lines.slice(0, alone.length)).toEqual(alone);
  expect(lines[alone.length + 3]).toMatch(
    /^spread-independent_ensemble-member-1 +90\.0 % +– +4\.25$/,
  );
});

test('names the layers in which members differ, the most diverse of many', () => {
  const layers = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`layer${i}`, i / 20]));
  const linesOf = (layer_diversity: Record<string, number>) =>
    ensembleLines(
      { legs: [{ ...leg, ensemble: { ...ensemble, layer_diversity } }], baselines: [] },
      100,
    );
  expect(linesOf({ 'dense1.weight': 0.25 }).at(-1)).toMatch(/^dense1\.weight +0\.250$/);
  const many = linesOf(layers);
  expect(many.at(-1)).toBe('The report has 4 more, in which they are nearer.');
  expect(many.filter((line) => line.startsWith('layer'))).toHaveLength(16);
  expect(many.some((line) => line.startsWith('layer3 '))).toBe(false);
});
