import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { dataFacts, inspectData } from '../../../server/src/engine/data/inspect/inspect-data';
import { readData } from '../../../server/src/engine/data/read-data';
import type { GlyphsData } from '../../../server/src/spec/experiment';
import { bestLinearAccuracy } from './softmax-regression';

const data: GlyphsData = {
  format: 'glyphs',
  train: 100,
  test: 50,
  size: 20,
  alphabet: 'digits',
  normalize: false,
  label_offset: 0,
};

const noFiles = (path: string): string => {
  throw new Error(`Glyphs asked for the file ${path}.`);
};
const read = (changes: Partial<GlyphsData> = {}, seed = 7, name = 'glyphs') =>
  readData(name, { ...data, ...changes }, { seed, resolvePath: noFiles });

describe('glyphs', () => {
  test('are drawn in the shape and number that the spec asks for', () => {
    const { train, test: held, inputShape, classes } = read({ size: 12, train: 15 });
    expect(inputShape).toEqual([12, 12]);
    expect([train.count, held.count, classes]).toEqual([15, 50, 10]);
    expect([train.inputs.length, train.labels.length]).toEqual([15 * 144, 15]);
    expect(Math.min(...train.inputs)).toBe(0);
    expect(Math.max(...train.inputs)).toBeGreaterThan(0.6);
    expect(Math.max(...train.inputs)).toBeLessThanOrEqual(1);
  });

  test('hold each class equally often', () => {
    for (const label of Array(10).keys()) {
      expect(read().train.labels.filter((other) => other === label)).toHaveLength(10);
    }
  });

  test('are the same for the same seed, down to the last bit', () => {
    expect(read()).toEqual(read());
    const { train } = read({ train: 10 });
    const bytes = Uint8Array.from(train.inputs, (value) => Math.round(value * 255));
    expect(createHash('sha256').update(bytes).digest('hex').slice(0, 16)).toBe(KNOWN_DRAWING);
    expect([...train.labels]).toEqual(KNOWN_LABELS);
  });

  test('change with the seed, the name and the alphabet', () => {
    const { inputs } = read().train;
    expect(read({}, 8).train.inputs).not.toEqual(inputs);
    expect(read({}, 7, 'other').train.inputs).not.toEqual(inputs);
    expect(read({ alphabet: 'letters' }).train.inputs).not.toEqual(inputs);
  });

  test('stay the same where more of them are drawn', () => {
    const [few, many] = [read({ train: 25 }).train, read({ train: 90 }).train];
    expect(many.inputs.slice(0, few.inputs.length)).toEqual(few.inputs);
    expect(many.labels.slice(0, 25)).toEqual(few.labels);
  });

  test('of the two splits have no image in common', () => {
    const { train, test: held } = read({ train: 200, test: 200 });
    const images = (inputs: Float32Array) =>
      Array.from({ length: 200 }, (_, i) => inputs.slice(i * 400, (i + 1) * 400).join());
    expect(new Set([...images(train.inputs), ...images(held.inputs)]).size).toBe(400);
  });

  test('have mean 0 and deviation 1 in training after normalising, and near that in testing', () => {
    const { train, test: held } = read({ train: 500, test: 500, normalize: true });
    expect(moments(train.inputs).mean).toBeCloseTo(0, 5);
    expect(moments(train.inputs).deviation).toBeCloseTo(1, 5);
    expect(moments(held.inputs).mean).not.toBe(0);
    expect(moments(held.inputs).deviation).toBeCloseTo(1, 1);
  });

  test('take the offset of their labels', () => {
    const { train, classes } = read({ label_offset: 10 });
    expect([Math.min(...train.labels), Math.max(...train.labels), classes]).toEqual([10, 19, 20]);
  });

  test('are known to the editor without being drawn', async () => {
    const { train, test: held, inputShape, classes } = read({ label_offset: 10 });
    expect(await inspectData(data, noFiles)).toEqual([]);
    expect(await dataFacts({ ...data, label_offset: 10 }, noFiles)).toEqual({
      trainCount: train.count,
      testCount: held.count,
      inputShape: [...inputShape],
      largestLabel: classes - 1,
      classes: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    });
  });

  test.each(['digits', 'letters'] as const)(
    'are too hard for a linear model, but not beyond it: %s',
    (alphabet) => {
      const { train, test: held } = read({ alphabet, train: 4000, test: 1000, normalize: true });
      const best = bestLinearAccuracy(train, held, 10, 6);
      expect(best).toBeLessThan(0.9);
      expect(best).toBeGreaterThan(0.6);
    },
  );
});

function moments(values: Float32Array): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance) };
}

const KNOWN_DRAWING = '55893c3066ba0e9d';
const KNOWN_LABELS = [0, 1, 2, 4, 8, 5, 6, 7, 3, 9];
