import type { Leg } from '../../../spec/experiment';
import { Random } from '../../random';
import { dataSetOf, gatherInputs, gatherLabels, type RunContext } from '../../run-context';
import { drawIndices } from './draw-indices';
import { drawMemory } from './draw-memory';
import { pickKept, type KeptFunction } from '../kept-function';
import { learntBy } from '../planned-legs';

/** The labels of the samples that a leg keeps in memory, and which data set each is of, in the order of the memory. */
export interface LabelledMemory {
  readonly labels: Int32Array;
  readonly dataSets: readonly string[];
}

/** Inputs [count, features] and their labels. */
export interface LabelledSamples {
  count: number;
  inputs: Float32Array;
  labels: Int32Array;
}

/** The same of the memory, with their rows there. */
export interface MemorySamples extends LabelledSamples {
  rows: Uint32Array;
}

/** The labels of the memory that `keepFunction` draws for this leg. */
export function labelMemory(leg: Leg, index: number, context: RunContext): LabelledMemory {
  const kept = [leg.keep.on].flat();
  const dataSets = kept.map((name) => dataSetOf(context, name, `/path/${index}/keep/on`));
  const drawn = drawMemory(leg, dataSets, context.experiment.seed);
  return {
    labels: Int32Array.from(
      drawn.flatMap(({ data, indices }) => Array.from(gatherLabels(data.train, indices))),
    ),
    dataSets: drawn.flatMap(({ data, indices }) => Array.from(indices, () => data.name)),
  };
}

/**
 * Some of the memory for a step: the very samples that the leg's solver drew at this step, changed in the same ways.
 * They keep their labels, also where `mixup` blends them.
 */
export function drawLabelled(
  kept: KeptFunction,
  { labels }: LabelledMemory,
  context: RunContext,
  { leg, step, samples }: { leg: string; step: number; samples: number },
): MemorySamples {
  const randomFor = (use: string) => Random.of(context.experiment.seed, 'leg', leg, use, step);
  const repeat = kept.augment !== undefined;
  const rows = drawIndices(randomFor('metric'), labels.length, samples, repeat);
  const count = rows.length;
  const { inputs } = pickKept(kept.memory, rows);
  return {
    count,
    rows,
    inputs: kept.augment ? kept.augment(inputs, randomFor('augment')) : inputs,
    labels: Int32Array.from(rows, (row) => labels[row] ?? 0),
  };
}

/** The training samples that a learn leg draws at a step from the data that it learns. */
export function drawTask(
  leg: Leg,
  index: number,
  step: number,
  context: RunContext,
): LabelledSamples {
  const [{ objective }, task] = [leg, learntBy(leg)];
  if (objective.type !== 'learn' || task === undefined)
    throw new TypeError('Only a learn leg has a further task.');
  const { train } = dataSetOf(context, task, `/path/${index}/objective/on`);
  const count = Math.min(objective.batch_size, train.count);
  const random = Random.of(context.experiment.seed, 'leg', leg.leg, 'batch', step);
  const rows = random.sample(train.count, count);
  return { count, inputs: gatherInputs(train, rows), labels: gatherLabels(train, rows) };
}

/**
 * Rows of the memory that are of data kept here for the first time along the baseline's way, drawn at random.
 * @param most how many; all where there are fewer
 */
export function newRows(
  { memory, known }: { memory: LabelledMemory; known: ReadonlySet<string> },
  most: number,
  random: Random,
): number[] {
  const fresh = memory.dataSets.flatMap((name, row) => (known.has(name) ? [] : [row]));
  const drawn = random.sample(fresh.length, Math.min(most, fresh.length));
  return Array.from(drawn, (place) => fresh[place] ?? 0);
}
