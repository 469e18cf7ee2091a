import { classGroups, taskNames } from '../../protocol/task-sets';
import type { ClassTasks, Data, PermutedTasks } from '../../spec/experiment';
import { EngineError } from '../engine-error';
import { Random } from '../random';
import { gatherInputs, gatherLabels } from '../run-context';
import { featureCount, type DataSet, type Samples } from './data-set';

/**
 * The data sets that a data set stands for: its tasks, or itself. Inputs are normalised before, so by the statistics of the
 * whole set.
 * @throws EngineError `fip/tasks` where the classes cannot be shared out as the spec asks
 */
export function splitTasks(
  { tasks, label_offset: offset }: Data,
  set: DataSet,
  seed: number,
): DataSet[] {
  if (!tasks) return [set];
  const parts =
    tasks.by === 'classes' ? byClasses(tasks, offset, set) : byPermutation(tasks, set, seed);
  // What there is to say of the whole set is said once.
  return parts.map((part, i) => ({ ...set, ...part, warnings: i === 0 ? set.warnings : [] }));
}

type Part = Pick<DataSet, 'name' | 'train' | 'test' | 'classes'>;

function byClasses(tasks: ClassTasks, offset: number, set: DataSet): Part[] {
  const occurring = [...new Set([...set.train.labels, ...set.test.labels])].sort((a, b) => a - b);
  const groups = classGroups(
    tasks,
    occurring.map((label) => label - offset),
  );
  const pointer = `/data/${set.name}/tasks`;
  if (!groups)
    throw new EngineError('fip/tasks', uneven(tasks, occurring.length), `${pointer}/count`);
  const names = taskNames(set.name, tasks);
  return groups.map((group, i) => {
    const name = names[i] ?? set.name;
    const part = partOf(
      set,
      name,
      new Map(
        group.map((label, place) => [
          label + offset,
          tasks.labels === 'own' ? label + offset : place + offset,
        ]),
      ),
    );
    if (part.train.count > 0 && part.test.count > 0) return part;
    const split = part.train.count > 0 ? 'test' : 'training';
    const message = `\`${name}\` has no ${split} samples: none has a label of [${group.join(', ')}]. Name other classes in \`groups\`.`;
    throw new EngineError('fip/tasks', message, `${pointer}/groups/${i}`);
  });
}

function uneven({ count = 0 }: ClassTasks, classes: number): string {
  return `${classes} classes cannot be shared out evenly among ${count} tasks. Write a \`count\` that divides ${classes}, or name the classes of each task in \`groups\`.`;
}

/** The samples with some labels, which become others. */
function partOf(set: DataSet, name: string, labels: ReadonlyMap<number, number>): Part {
  const pick = (samples: Samples): Samples => {
    const rows = [...samples.labels.keys()].filter((row) => labels.has(samples.labels[row] ?? -1));
    const own = gatherLabels(samples, rows);
    return {
      count: rows.length,
      inputs: gatherInputs(samples, rows),
      labels: own.map((label) => labels.get(label) ?? label),
    };
  };
  const classes = Math.max(...labels.values()) + 1;
  return { name, train: pick(set.train), test: pick(set.test), classes };
}

/** The first task sees the inputs as they are. */
function byPermutation(tasks: PermutedTasks, set: DataSet, seed: number): Part[] {
  const features = featureCount(set.inputShape);
  return taskNames(set.name, tasks).map((name, i) => {
    if (i === 0) return { ...set, name };
    const order = Random.of(seed, 'data', set.name, 'task', i + 1).permutation(features);
    return {
      name,
      classes: set.classes,
      train: permuted(set.train, order),
      test: permuted(set.test, order),
    };
  });
}

/** Made at first use, since a task that is not learnt needs no training inputs. */
function permuted(samples: Samples, order: Uint32Array): Samples {
  let made: Float32Array | undefined;
  return {
    count: samples.count,
    labels: samples.labels,
    get inputs() {
      return (made ??= permutedInputs(samples.inputs, order));
    },
  };
}

/** Feature f of a permuted input is feature order[f] of the input. */
function permutedInputs(inputs: Float32Array, order: Uint32Array): Float32Array {
  const features = order.length;
  const result = new Float32Array(inputs.length);
  for (let row = 0; row < inputs.length; row += features)
    for (let f = 0; f < features; f++) result[row + f] = inputs[row + order[f]!]!;
  return result;
}
