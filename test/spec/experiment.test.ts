import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { didYouMean, editDistance } from '../../server/src/spec/did-you-mean';
import { experimentHash } from '../../server/src/spec/experiment-hash';
import { loadExperiment } from '../../server/src/spec/load-experiment';
import { isInside, resolveDataPath } from '../../server/src/spec/resolve-path';
import { validSpec } from '../language/kit';

const load = (text: string) => loadExperiment(text, { specPath: '/nowhere/x.fip.yaml' });

async function hashOf(text: string): Promise<string> {
  const { experiment } = await load(text);
  if (!experiment) throw new Error('The spec is not valid.');
  return experimentHash(experiment);
}

test('a valid spec has its defaults filled in, nested ones too', async () => {
  const { diagnostics, experiment } = await load(validSpec);
  expect(diagnostics).toEqual([]);
  expect(experiment).toMatchObject({
    seed: 0,
    backend: 'auto',
    data: { glyphs: { train: 2000, test: 1000, normalize: true } },
    start: { train: { batch_size: 128, optimizer: { type: 'adam', learning_rate: 0.001 } } },
    path: [{ objective: { ramp_from: 0.5 }, solver: { samples: 1000, correction: true } }],
    expect: [{ at: 'end' }, { at: 'end' }],
  });
});

test('a fault of the checks themselves becomes a finding', async () => {
  const inspector = {
    inspectData: () => Promise.reject(new Error('boom')),
    dataFacts: () => Promise.resolve(undefined),
  };
  const { diagnostics, experiment } = await loadExperiment(validSpec, {
    specPath: '/nowhere/x',
    inspector,
  });
  expect(diagnostics.map(({ code }) => code)).toEqual(['fip/internal']);
  expect(experiment).toBeUndefined();
});

describe('the hash of an experiment', () => {
  test('stays where only names, comments, order and expectations change', async () => {
    const same = validSpec
      .replace('name: sparsify-glyphs', 'name: other\ndescription: x')
      .replace('{type: sparsify, target: 0.8}', '{target: 0.80, type: sparsify} # the same')
      .replace('at_least: 0.9}', 'at_least: 0.5}')
      .replace('epochs: 2', 'epochs: 2, batch_size: 128');
    expect(await hashOf(same)).toBe(await hashOf(validSpec));
    expect(await hashOf(validSpec)).toMatch(/^[0-9a-f]{16}$/);
  });

  test.each([
    ['steps: 10', 'steps: 11'],
    ['name: sparsify-glyphs', 'name: sparsify-glyphs\nseed: 1'],
    ['leg: prune', 'leg: cut'],
  ])('changes with %s -> %s', async (from, to) => {
    expect(await hashOf(validSpec.replace(from, to))).not.toBe(await hashOf(validSpec));
  });
});

describe('paths', () => {
  const root = mkdtempSync(join(tmpdir(), 'fip-paths-'));
  const specDirectory = join(root, 'specs');
  const dataRoot = join(root, 'data');
  beforeAll(() => {
    mkdirSync(specDirectory);
    mkdirSync(dataRoot);
    writeFileSync(join(dataRoot, 'both.csv'), '1,0\n');
    writeFileSync(join(specDirectory, 'both.csv'), '1,0\n');
  });
  afterAll(() => {
    rmSync(root, { recursive: true });
  });

  test('the data root comes first where the file is there, the folder of the spec otherwise', () => {
    expect(resolveDataPath('both.csv', { specDirectory, dataRoot })).toBe(
      join(dataRoot, 'both.csv'),
    );
    expect(resolveDataPath('both.csv', { specDirectory })).toBe(join(specDirectory, 'both.csv'));
    expect(resolveDataPath('none.csv', { specDirectory, dataRoot })).toBe(
      join(specDirectory, 'none.csv'),
    );
    expect(resolveDataPath('/abs/x', { specDirectory, dataRoot })).toBe('/abs/x');
  });

  test('inside means the folder or below it', () => {
    expect(isInside('/a/b/c', '/a/b')).toBe(true);
    expect(isInside('/a/b', '/a/b')).toBe(true);
    expect(isInside('/a/bc', '/a/b')).toBe(false);
    expect(isInside('/a/..b', '/a')).toBe(true);
    expect(isInside('/a', '/a/b')).toBe(false);
  });

  test('a path may leave the folder of the spec for another root of the workspace, and no further', async () => {
    const text = validSpec.replace('train: {on: glyphs, epochs: 2}', 'weights: ../data/both.csv');
    const codes = async (workspaceRoots: string[]) => {
      const specPath = join(specDirectory, 'x.fip.yaml');
      const { diagnostics } = await loadExperiment(text, { specPath, workspaceRoots });
      return diagnostics.map(({ code }) => code);
    };
    expect(await codes([])).toEqual(['fip/path-outside']);
    // It is read, and holds no weights.
    expect(await codes([root])).toEqual(['fip/weights-malformed']);
  });
});

describe('guesses', () => {
  test.each([
    ['stpes', 'steps'],
    ['stepSize', 'step_size'],
    ['STEPS', 'steps'],
    ['learning-rate', 'learning_rate'],
    ['banana', undefined],
    ['', undefined],
  ])('%s -> %s', (word, expected) => {
    expect(didYouMean(word, ['steps', 'step_size', 'learning_rate'])).toBe(expected);
  });

  test('the distance counts edits and swaps', () => {
    expect(editDistance('', 'abc')).toBe(3);
    expect(editDistance('abcd', 'abdc')).toBe(1);
    expect(editDistance('kitten', 'sitting')).toBe(3);
  });
});
