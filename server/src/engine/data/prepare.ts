import type { Data } from '../../spec/experiment';
import type { DataSet, Samples } from './data-set';
import { featureCount } from './data-set';
import { largestLabel, withOffset } from './labels';
import { normalize } from './normalize';
import type { RawData, RawSamples } from './raw-data';
import { limitSamples, splitSamples } from './split';

/** Turns what a reader gave into a data set: splits, cuts to `limit`, scales, normalises and offsets labels. */
export function prepare(name: string, data: Data, raw: RawData, seed: number): DataSet {
  const features = featureCount(raw.inputShape);
  const [all, test] = splits(name, raw, seed);
  const limit = 'limit' in data ? data.limit : undefined;
  const train = limit === undefined ? all : limitSamples(all, limit, [seed, 'data', name, 'limit']);
  const finish = (samples: RawSamples): Samples => ({
    count: samples.count,
    inputs: scaled(samples.values, raw.scale),
    labels: withOffset(samples.labels, data.label_offset),
  });
  const set = { name, inputShape: raw.inputShape, train: finish(train), test: finish(test) };
  const isImage = raw.normalizeBy === 'image';
  let pixels = { mean: 0, deviation: 1 };
  if ('normalize' in data && data.normalize) {
    const { means, deviations } = normalize(
      set.train.inputs,
      set.test.inputs,
      isImage ? 1 : features,
    );
    pixels = { mean: means[0] ?? 0, deviation: deviations[0] ?? 1 };
  }
  // Labels that `limit` dropped count too: the head must not shrink with the number of samples.
  const found = Math.max(largestLabel(all.labels), largestLabel(test.labels)) + 1;
  return {
    ...set,
    ...(isImage && { pixels }),
    ...(raw.special && { special: raw.special }),
    classes: (raw.classes ?? found) + data.label_offset,
    warnings: raw.warnings ?? [],
  };
}

function splits(name: string, raw: RawData, seed: number): [train: RawSamples, test: RawSamples] {
  if (typeof raw.test !== 'number') return [raw.train, raw.test];
  return splitSamples(raw.train, raw.test, [seed, 'data', name, 'split']);
}

function scaled(values: Uint8Array | Float32Array, scale: number): Float32Array {
  const inputs = new Float32Array(values.length);
  for (let i = 0; i < inputs.length; i++) inputs[i] = values[i]! * scale;
  return inputs;
}
