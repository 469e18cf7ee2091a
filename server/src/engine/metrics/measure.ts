import type { Metrics, NumbersByName } from '../../protocol/generated';
import { crossEntropy } from '../path/cross-entropy';
import { type KeptFunction, type KeptSamples, pickKept } from '../path/kept-function';
import { sparsityOf } from '../path/project-to-sparsity';
import type { RunContext } from '../run-context';
import { unlabelledData } from '../unlabelled-data';
import { distance } from '../vector';
import { accuracyWithin, ownClasses } from './accuracy-within';
import { layerSparsity } from './layer-sparsity';
import { outputsInChunks } from './outputs';

/** Memory samples on which the output distance is measured; more would cost time and tell nothing. */
const MEASURED_MEMORY = 1000;

/** Where a leg stands, for the metrics that count from its anchor. */
export interface LegPosition {
  anchor: Float32Array;
  /** The network before the first leg. */
  start: Float32Array;
  kept: KeptFunction;
  arcLength: number;
  action: number;
  distanceToTarget?: number;
}

/** Measures a network: on the test split of every labelled data set, and along a leg how far it has moved. */
export async function measure(
  context: RunContext,
  weights: Float32Array,
  leg?: LegPosition,
): Promise<Metrics> {
  const outputs = await testOutputs(context, weights);
  const { layout } = context.network;
  const byLayer = layerSparsity(layout, weights);
  const metrics: Metrics = {
    ...classification(context, outputs),
    sparsity: sparsityOf(layout, weights),
    ...(byLayer && { sparsity_by_layer: byLayer }),
  };
  if (!leg) return metrics;
  return {
    ...metrics,
    output_distance: await outputDistances(context, weights, leg.kept, outputs),
    weight_distance: finite(distance(weights, leg.anchor)),
    start_distance: finite(distance(weights, leg.start)),
    arc_length: finite(leg.arcLength),
    action: finite(leg.action),
    ...(leg.distanceToTarget !== undefined && { distance_to_target: finite(leg.distanceToTarget) }),
  };
}

/** NaN and infinities have no place in JSON. */
export function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

async function testOutputs(
  context: RunContext,
  weights: Float32Array,
): Promise<Map<string, Float32Array>> {
  const outputs = new Map<string, Float32Array>();
  const unlabelled = unlabelledData(context.experiment);
  const measured = [...context.dataSets].filter(([name]) => !unlabelled.has(name));
  for (const [name, data] of measured)
    outputs.set(name, await outputsInChunks(context, weights, data.test.inputs));
  return outputs;
}

function classification(context: RunContext, outputs: ReadonlyMap<string, Float32Array>) {
  const accuracy: NumbersByName = {};
  const within: NumbersByName = {};
  const loss: NumbersByName = {};
  for (const [name, logits] of outputs) {
    const data = context.dataSets.get(name);
    const labels = data?.test.labels ?? new Int32Array();
    const classes = data && ownClasses(data, context.network.outputs);
    if (classes) within[name] = finite(accuracyWithin(logits, labels, classes));
    const result = crossEntropy(logits, labels);
    accuracy[name] = finite(result.correct / labels.length);
    loss[name] = finite(result.loss);
  }
  return { accuracy, ...(Object.keys(within).length > 0 && { accuracy_within: within }), loss };
}

async function outputDistances(
  context: RunContext,
  weights: Float32Array,
  kept: KeptFunction,
  outputs: ReadonlyMap<string, Float32Array>,
): Promise<NumbersByName> {
  const memory = firstRows(kept.memory, MEASURED_MEMORY);
  const onMemory = await outputsInChunks(context, weights, memory.inputs);
  const { outputs: width } = context.network;
  const sum = (found: Float32Array, { anchorOutputs }: KeptSamples) =>
    kept.distance.sum(found, anchorOutputs, width);
  const distances: NumbersByName = { memory: finite(sum(onMemory, memory) / memory.count) };
  let total = 0;
  let count = 0;
  for (const [name, samples] of kept.heldOut) {
    const moved = sum(outputs.get(name) ?? new Float32Array(), samples);
    distances[name] = finite(moved / samples.count);
    total += moved;
    count += samples.count;
  }
  return { ...distances, held_out: finite(total / count) };
}

function firstRows(kept: KeptSamples, limit: number): KeptSamples {
  if (kept.count <= limit) return kept;
  return pickKept(
    kept,
    Uint32Array.from({ length: limit }, (_, row) => Math.floor((row * kept.count) / limit)),
  );
}
