import type { Leg } from '../../spec/experiment';
import { DISTANCES } from '../geometry/distances';
import type { OutputDistance } from '../geometry/distances/output-distance';
import { outputsInChunks } from '../metrics/outputs';
import { Random } from '../random';
import { dataSetOf, gatherInputs, type RunContext } from '../run-context';
import { concatenated } from '../vector';
import { augmentationOf, type InputChange } from './keep/augmentation';
import { drawIndices } from './keep/draw-indices';
import { drawMemory, memoryInputs, missingClasses } from './keep/draw-memory';
import { partSamples, poolInputs, type StepCounts } from './keep/pool';
import type { LegWarning } from './leg-warning';

/** Inputs [count, features] and what the anchor says there, [count, outputs]. */
export interface KeptSamples {
  count: number;
  inputs: Float32Array;
  anchorOutputs: Float32Array;
}

/** Unlabelled inputs. Where they are augmented, `anchorOutputs` is empty: the anchor is asked about each draw instead. */
export interface KeptPool extends KeptSamples {
  /** Part of the samples of a step that is drawn from here, 0 to 1. */
  share: number;
}

/** The function that a leg keeps: the anchor's outputs on the memory, and on test samples that no step sees. */
export interface KeptFunction {
  /** By which outputs are held against the anchor's. */
  distance: OutputDistance;
  /** Weights of the network whose function it is. */
  anchor: Float32Array;
  /** Changes inputs of the memory in ways that leave what they show; absent where the leg does not ask for it. */
  augment?: InputChange;
  memory: KeptSamples;
  /** Inputs of other data sets that steps draw from as well; absent where the leg has none. */
  pool?: KeptPool;
  /** By data set, its test split. */
  heldOut: ReadonlyMap<string, KeptSamples>;
  /** What the user should know of the memory, once, when the leg begins. */
  warnings?: readonly LegWarning[];
}

/** Draws the memory by the seed and asks the anchor once. */
export async function keepFunction(
  leg: Leg,
  index: number,
  anchor: Float32Array,
  context: RunContext,
): Promise<KeptFunction> {
  const names = [leg.keep.on].flat();
  const dataSets = names.map((name) => dataSetOf(context, name, `/path/${index}/keep/on`));
  const ask = async (inputs: Float32Array): Promise<KeptSamples> => {
    const count = inputs.length / context.network.inputs;
    return { count, inputs, anchorOutputs: await outputsInChunks(context, anchor, inputs) };
  };
  const heldOut = new Map<string, KeptSamples>();
  for (const data of dataSets) heldOut.set(data.name, await ask(data.test.inputs));
  const distance = DISTANCES[leg.keep.distance];
  const drawn = drawMemory(leg, dataSets, context.experiment.seed);
  const memory = await ask(memoryInputs(drawn));
  const augment = augmentationOf(leg, index, dataSets, context.network);
  const warnings = missingClasses(drawn, index);
  const kept = { distance, anchor, memory, heldOut, warnings, ...(augment && { augment }) };
  const pool = poolOf(leg, index, context);
  if (!pool) return kept;
  const asked = augment ? { ...pool, anchorOutputs: new Float32Array() } : await ask(pool.inputs);
  return { ...kept, pool: { ...asked, share: pool.share } };
}

function poolOf(leg: Leg, index: number, context: RunContext) {
  const { pool } = leg.keep;
  if (!pool) return undefined;
  const names = [pool.on].flat();
  const dataSets = names.map((name) => dataSetOf(context, name, `/path/${index}/keep/pool/on`));
  const inputs = poolInputs(leg, dataSets, context.experiment.seed);
  return { inputs, count: inputs.length / context.network.inputs, share: pool.share };
}

/** Which samples a step draws. */
export interface Draw {
  leg: string;
  step: number;
  /** How many; where there are fewer, all, or each several times where each is changed in its own way. */
  samples: number;
  /** Names a further draw of the same step. */
  further?: string;
  /** Samples of the memory that stay out, by number, where none is changed. */
  without?: ReadonlySet<number>;
}

/** How many of the samples of a step are of the memory, and how many of the pool. */
export function countsOf({ memory, pool, augment }: KeptFunction, samples: number): StepCounts {
  const available = {
    memory: memory.count,
    pool: pool?.count ?? 0,
    repeat: augment !== undefined,
  };
  return partSamples(samples, pool?.share ?? 0, available);
}

/**
 * Some of the memory and, after them, of the pool for a step, drawn anew by the seed. Augmented inputs are shown to the
 * anchor, too.
 */
export async function drawKept(
  kept: KeptFunction,
  context: RunContext,
  { leg, step, samples, further, without = new Set() }: Draw,
): Promise<KeptSamples> {
  const { memory, pool, anchor, augment } = kept;
  const { seed } = context.experiment;
  const randomFor = (use: string) =>
    Random.of(seed, 'leg', leg, use, step, ...(further === undefined ? [] : [further]));
  const repeat = augment !== undefined;
  const counts = countsOf(kept, samples);
  const draw = (use: string, { count }: KeptSamples, wanted: number) =>
    drawIndices(randomFor(use), count, wanted, repeat);
  const own = draw('metric', memory, counts.memory + without.size)
    .filter((index) => !without.has(index))
    .slice(0, counts.memory);
  const ofMemory = pickKept(memory, own);
  const drawn = pool ? joined(ofMemory, pickKept(pool, draw('pool', pool, counts.pool))) : ofMemory;
  if (!augment) return drawn;
  const inputs = augment(drawn.inputs, randomFor('augment'));
  return {
    count: drawn.count,
    inputs,
    anchorOutputs: await outputsInChunks(context, anchor, inputs),
  };
}

function joined(a: KeptSamples, b: KeptSamples): KeptSamples {
  return {
    count: a.count + b.count,
    inputs: concatenated([a.inputs, b.inputs]),
    anchorOutputs: concatenated([a.anchorOutputs, b.anchorOutputs]),
  };
}

/** Some of the kept samples, as rows. */
export function pickKept(kept: KeptSamples, indices: ArrayLike<number>): KeptSamples {
  const rows = (matrix: Float32Array) =>
    gatherInputs({ count: kept.count, inputs: matrix, labels: new Int32Array() }, indices);
  return {
    count: indices.length,
    inputs: rows(kept.inputs),
    anchorOutputs: rows(kept.anchorOutputs),
  };
}
