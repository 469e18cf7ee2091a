import type { DataSet } from '../../data/data-set';
import { Random } from '../../random';
import type { TrainingBatch } from './trainer';

/** The batches of a training, by number from 0. Each epoch goes through the training samples in an order of its own. */
export function drawBatches(
  data: Pick<DataSet, 'train'>,
  seed: number,
  batchSize: number,
): (number: number) => TrainingBatch {
  const perEpoch = Math.ceil(data.train.count / batchSize);
  let order: Uint32Array = new Uint32Array();
  let orderedEpoch = -1;
  return (number) => {
    const epoch = Math.floor(number / perEpoch);
    if (epoch !== orderedEpoch) {
      order = Random.of(seed, 'train', epoch).permutation(data.train.count);
      orderedEpoch = epoch;
    }
    const from = (number % perEpoch) * batchSize;
    // A stream for each batch, so that a resumed run drops the same units.
    const random = Random.of(seed, 'train', 'drop', number);
    return { data, indices: order.slice(from, from + batchSize), random };
  };
}
