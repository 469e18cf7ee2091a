import { writtenLeg } from '../../../protocol/sub-legs';
import type { Keep, Leg } from '../../../spec/experiment';
import type { DataSet, Samples } from '../../data/data-set';
import { listed } from '../../network/weights-of-file';
import { Random } from '../../random';
import { gatherInputs } from '../../run-context';
import { concatenated } from '../../vector';
import type { LegWarning } from '../leg-warning';

/** The samples of a data set that a leg keeps, by number in its training split. */
export interface DrawnMemory {
  data: DataSet;
  indices: Uint32Array;
}

/**
 * Draws the memory of a leg by its seed: a number in all, shared equally among the data sets, or so many of each class. Legs
 * that learn the tasks of one leg of the spec draw alike: where a further task makes the shares smaller, those that stay are
 * among those that were there.
 */
export function drawMemory(
  { leg, keep }: Leg,
  dataSets: readonly DataSet[],
  seed: number,
): DrawnMemory[] {
  return dataSets.map((data, position) => {
    const random = Random.of(seed, 'leg', writtenLeg(leg), 'memory', data.name);
    return { data, indices: drawFrom(data.train, keep.memory, random, dataSets.length, position) };
  });
}

/** The inputs of a memory, data set after data set, [count, features]. */
export function memoryInputs(drawn: readonly DrawnMemory[]): Float32Array {
  return concatenated(drawn.map(({ data, indices }) => gatherInputs(data.train, indices)));
}

function drawFrom(
  { count, labels }: Samples,
  memory: Keep['memory'],
  random: Random,
  sets: number,
  position: number,
): Uint32Array {
  if (memory === undefined) return random.permutation(count);
  if (typeof memory !== 'number')
    return firstOfEachClass(random.permutation(count), labels, memory.per_class);
  const share = Math.floor(memory / sets) + (position < memory % sets ? 1 : 0);
  return random.sample(count, Math.min(share, count));
}

/** The first `most` samples of each class in this order; all of a class that has fewer. */
function firstOfEachClass(order: Uint32Array, labels: Int32Array, most: number): Uint32Array {
  const taken = new Map<number, number>();
  return order.filter((index) => {
    const label = labels[index] ?? 0;
    const count = (taken.get(label) ?? 0) + 1;
    taken.set(label, count);
    return count <= most;
  });
}

/** A warning for each data set of which classes are missing from the memory: nothing keeps what is said of them. */
export function missingClasses(drawn: readonly DrawnMemory[], index: number): LegWarning[] {
  return drawn.flatMap(({ data: { name, train }, indices }) => {
    const kept = new Set(Array.from(indices, (sample) => train.labels[sample]));
    const missing = [...new Set(train.labels)].filter((label) => !kept.has(label));
    if (missing.length === 0) return [];
    const classes = missing.sort((a, b) => a - b).map(String);
    const which = classes.length === 1 ? 'class' : 'classes';
    const message =
      `No sample of the ${which} ${listed(classes, ', ')} of \`${name}\` is in the memory, so nothing holds what the ` +
      'network says of them. Write `memory: {per_class: N}`, or a larger number.';
    const pointer = `/path/${index}/keep/memory`;
    return [{ code: 'fip/class-missing-from-memory', message, pointer }];
  });
}
