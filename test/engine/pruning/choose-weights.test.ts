/** Which weights a list of names means. */
import { describe, expect, test } from 'vitest';
import { layoutOf } from '../../../server/src/engine/network/layout';
import { chosenWeights, namesWeight } from '../../../server/src/engine/network/match-weights';
import { countOf, pruningOf } from '../../../server/src/engine/path/pruning/pruning';

const layout = layoutOf([
  { name: 'features.0.weight', shape: [3, 3, 2, 4], role: 'kernel', fileOrder: [3, 2, 0, 1] },
  { name: 'features.0.bias', shape: [4], role: 'vector' },
  { name: 'features.1.weight', shape: [4], role: 'vector' },
  { name: 'fc.weight', shape: [4, 3], role: 'kernel', fileOrder: [1, 0] },
]);
const prune = (choice: object) =>
  pruningOf({ scope: 'global', ...choice }, layout, '/path/0/objective');

describe('names of weights', () => {
  test.each([
    ['dense1.weight', 'dense1.weight', true],
    ['dense1', 'dense1.weight', true],
    ['dense1', 'dense10.weight', false],
    ['dense*', 'dense10.weight', true],
    ['*', 'fc.weight', true],
    ['layer3.*', 'layer3.0.conv1.weight', true],
    ['layer3', 'layer3.0.conv1.weight', true],
    ['*.conv1.weight', 'layer3.0.conv1.weight', true],
    ['layer3.0.conv', 'layer3.0.conv1.weight', false],
    ['layer3?0*', 'layer3.0.conv1.weight', false],
    ['fcxweight', 'fc.weight', false],
    ['fc.', 'fc.weight', false],
  ])('%s means %s: %s', (pattern, name, expected) => {
    expect(namesWeight(pattern, name)).toBe(expected);
  });

  test('leave out what is excluded, whatever includes it', () => {
    const weights = ['a.weight', 'b.weight', 'c.weight'].map((name) => ({ name }));
    const names = (choice: object) => chosenWeights(weights, choice).map(({ name }) => name);
    expect(names({})).toEqual(['a.weight', 'b.weight', 'c.weight']);
    expect(names({ exclude: ['b'] })).toEqual(['a.weight', 'c.weight']);
    expect(names({ include: ['a', 'b'], exclude: ['*.weight'] })).toEqual([]);
  });
});

describe('a pruning', () => {
  test('takes weight matrices and filters alone', () => {
    expect(prune({}).entries.map(({ name }) => name)).toEqual(['features.0.weight', 'fc.weight']);
    expect(countOf(prune({ include: ['features*'] }))).toBe(72);
  });

  test('says which name means nothing, where it stands, and what there is', () => {
    expect(() => prune({ include: ['fc', 'features.1'] })).toThrow(
      expect.objectContaining({
        code: 'fip/unknown-weight',
        pointer: '/path/0/objective/include/1',
        message: expect.stringContaining('`features.0.weight`, `fc.weight`') as string,
      }) as Error,
    );
    expect(() => prune({ include: ['fc'], exclude: ['*'] })).toThrow(/No weight matrix is left/);
  });
});
