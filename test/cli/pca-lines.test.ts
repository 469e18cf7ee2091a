import { expect, test } from 'vitest';
import { pcaLines } from '../../server/src/cli/pca-lines';

test('the start, the ends of legs and baselines, and what the components explain', () => {
  const points = [
    { step: 0, x: -4, y: 1, z: 0 },
    { leg: 'prune', step: 5, x: 0, y: 2, z: 0 },
    { leg: 'prune', step: 10, x: 4.5, y: -3, z: 0.25 },
    { leg: 'prune', baseline: 'fine_tune', step: 10, x: 9, y: 0, z: 0 },
  ];
  const lines = pcaLines({ explained: [0.9, 0.08, 0.01], points }, 100);
  expect(lines.map((line) => line.replaceAll(/ {2,}/g, '  '))).toEqual([
    'weight space  x  y  z',
    'start  -4.00  1.00  0',
    'prune  4.50  -3.00  0.250',
    'prune, fine_tune  9.00  0  0',
    'share of the variance  90.0 %  8.0 %  1.0 %',
    'Principal components of 4 networks; the report has all of them.',
  ]);
  expect(pcaLines(undefined, 100)).toEqual([]);
});
