import { concatenated } from '../../vector';
import { countsOf, drawKept, type KeptSamples } from '../kept-function';
import type { BaselineSetting } from './baseline-method';
import { drawLabelled } from '../keep/labelled-memory';

/** What the leg's solver drew at a step, with the outputs of the network that the baseline begins with. */
export interface LabelledKept extends KeptSamples {
  /** Labels of the first samples, those of the memory; those after them are of the pool and have none. */
  labels: Int32Array;
}

/** The samples of the memory and of the pool that the leg drew at this step: no more of both than the leg has. */
export async function keptAt(
  { context, leg, kept, memory }: BaselineSetting,
  step: number,
): Promise<LabelledKept> {
  const { samples } = leg.solver;
  const drawn = await drawKept(kept, context, { leg: leg.leg, step, samples });
  const ofMemory = { leg: leg.leg, step, samples: countsOf(kept, samples).memory };
  return { ...drawn, labels: drawLabelled(kept, memory, context, ofMemory).labels };
}

/** Those of the pool alone; undefined where the leg has none. */
export async function pooledAt(
  setting: BaselineSetting,
  step: number,
): Promise<KeptSamples | undefined> {
  if (!setting.kept.pool) return undefined;
  const { count, inputs, anchorOutputs, labels } = await keptAt(setting, step);
  const after = (matrix: Float32Array) => matrix.subarray((matrix.length / count) * labels.length);
  return {
    count: count - labels.length,
    inputs: after(inputs),
    anchorOutputs: after(anchorOutputs),
  };
}

/** Samples one after another. */
export function joinedKept(first: KeptSamples, second: KeptSamples): KeptSamples {
  return {
    count: first.count + second.count,
    inputs: concatenated([first.inputs, second.inputs]),
    anchorOutputs: concatenated([first.anchorOutputs, second.anchorOutputs]),
  };
}
