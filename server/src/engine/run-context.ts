import type { Experiment } from '../spec/experiment';
import type { Backend } from './backends/backend';
import type { DataSet, Samples } from './data/data-set';
import { EngineError } from './engine-error';
import type { EngineHost } from './host';
import type { Network } from './network/network';

/** What every part of a run works with. Nothing in it changes during the run. */
export interface RunContext {
  readonly experiment: Experiment;
  readonly backend: Backend;
  readonly network: Network;
  readonly dataSets: ReadonlyMap<string, DataSet>;
  readonly host: EngineHost;
  /** Of a leg that holds zeros, in weight space: 1 for weights that may move, 0 for those that stay zero. */
  readonly free?: Float32Array;
}

/** The data set of this name; specs with unknown names do not reach the engine through the editor or the command line. */
export function dataSetOf(context: RunContext, name: string, pointer: string): DataSet {
  const dataSet = context.dataSets.get(name);
  if (!dataSet)
    throw new EngineError('fip/unknown-name', `There is no data set named \`${name}\`.`, pointer);
  return dataSet;
}

/** The inputs of some samples, [indices.length, features], row after row. */
export function gatherInputs(samples: Samples, indices: ArrayLike<number>): Float32Array {
  const features = samples.inputs.length / Math.max(samples.count, 1);
  const gathered = new Float32Array(indices.length * features);
  for (let row = 0; row < indices.length; row++) {
    const from = (indices[row] ?? 0) * features;
    gathered.set(samples.inputs.subarray(from, from + features), row * features);
  }
  return gathered;
}

/** The labels of some samples. */
export function gatherLabels(samples: Samples, indices: ArrayLike<number>): Int32Array {
  return Int32Array.from(
    { length: indices.length },
    (_, row) => samples.labels[indices[row] ?? 0] ?? 0,
  );
}
