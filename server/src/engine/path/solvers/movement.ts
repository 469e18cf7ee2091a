import type { GeodesicSolver } from '../../../spec/experiment';
import { outputsInChunks } from '../../metrics/outputs';
import { Random } from '../../random';
import { gatherInputs, type RunContext } from '../../run-context';
import { drawIndices } from '../keep/draw-indices';
import { drawnMemory, type KeptDraw, type KeptFunction } from '../kept-function';
import { outputSpread } from '../off-manifold';
import type { MovementMeter } from './trust-region';

/** Samples on which a step's movement is measured, at most. */
const MOST_SAMPLES = 200;
/** Part of the memory that is left out of a step's metric for it, at most. */
const SHARE = 1 / 5;
/** The budget where the spec names none, relative to the spread of the anchor's outputs. */
const DEFAULT_BUDGET = 1e-3;

/** Whether the solver looks at how far its steps move the outputs. */
export function isMeasured({ movement, stiffness }: GeodesicSolver): boolean {
  return movement !== undefined || stiffness === 'auto';
}

/**
 * Most that a step may move the outputs, mean distance per sample. Where the spec does not say, it is relative to the mean
 * distance of the anchor's outputs on the memory from their own mean or, where they are all alike, from zero.
 */
export function movementBudget({ movement }: GeodesicSolver, kept: KeptFunction): number {
  if (movement !== undefined) return movement;
  const { memory, distance } = kept;
  const { anchorOutputs, count } = memory;
  const spread = outputSpread([memory], distance);
  if (spread > 0) return DEFAULT_BUDGET * spread;
  const zeros = new Float32Array(anchorOutputs.length);
  return (DEFAULT_BUDGET * distance.sum(zeros, anchorOutputs, zeros.length / count)) / count;
}

/** Memory samples that a step's metric leaves out, where no sample comes twice. */
export function leftOut({ memory }: KeptFunction): number {
  return memory.count < 2 ? 0 : Math.min(MOST_SAMPLES, Math.ceil(SHARE * memory.count));
}

/**
 * The meter of a step, on samples of the memory outside the step's own. Where these are too few, as they may be with
 * augmentation, the same samples changed in other ways.
 */
export function movementMeter(
  kept: KeptFunction,
  context: RunContext,
  draw: KeptDraw,
): MovementMeter {
  const inputs = meterInputs(kept, context, draw);
  const count = inputs.length / context.network.inputs;
  return {
    outputs: (weights) => outputsInChunks(context, weights, inputs),
    between: (before, after) =>
      kept.distance.sum(after, before, context.network.outputs) / Math.max(count, 1),
  };
}

/** The inputs that the movement is measured on, [count, features]. */
export function meterInputs(kept: KeptFunction, context: RunContext, draw: KeptDraw): Float32Array {
  const { memory, augment } = kept;
  const randomFor = (use: string) =>
    Random.of(context.experiment.seed, 'leg', draw.leg, use, draw.step);
  const used = new Set(drawnMemory(kept, context, draw).indices);
  const all = Array.from({ length: memory.count }, (_, i) => i);
  const unused = all.filter((i) => !used.has(i));
  const source = unused.length >= Math.max(leftOut(kept), 1) ? unused : all;
  const wanted = Math.min(MOST_SAMPLES, draw.samples);
  const picked = drawIndices(randomFor('movement'), source.length, wanted, augment !== undefined);
  const rows = Array.from(picked, (i) => source[i] ?? 0);
  const inputs = gatherInputs({ ...memory, labels: new Int32Array() }, rows);
  return augment ? augment(inputs, randomFor('movement-augment')) : inputs;
}
