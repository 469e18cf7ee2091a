import { Random } from '../random';
import type { RawSamples } from './raw-data';

/**
 * Sets `testCount` of the samples aside for testing. The stream named by `keys` draws which.
 */
export function splitSamples(
  samples: RawSamples,
  testCount: number,
  keys: readonly (string | number)[],
): [train: RawSamples, test: RawSamples] {
  const order = Random.of(...keys).permutation(samples.count);
  return [pick(samples, order.subarray(testCount)), pick(samples, order.subarray(0, testCount))];
}

/** `limit` of the samples, drawn by the stream named by `keys`; all of them where there are no more. */
export function limitSamples(
  samples: RawSamples,
  limit: number,
  keys: readonly (string | number)[],
): RawSamples {
  if (limit >= samples.count) return samples;
  return pick(samples, Random.of(...keys).sample(samples.count, limit));
}

/** The samples with these numbers, in this order. */
function pick({ count, values, labels }: RawSamples, numbers: Uint32Array): RawSamples {
  const features = values.length / count;
  const picked =
    values instanceof Uint8Array
      ? new Uint8Array(numbers.length * features)
      : new Float32Array(numbers.length * features);
  numbers.forEach((number, place) => {
    picked.set(values.subarray(number * features, (number + 1) * features), place * features);
  });
  return {
    count: numbers.length,
    values: picked,
    labels: Int32Array.from(numbers, (number) => labels[number]!),
  };
}
