/** A tiny network, tiny data, and baselines at work on them. */
import { loadWasmBackend } from '../../../server/src/engine/backends/wasm';
import type { DataSet } from '../../../server/src/engine/data/data-set';
import { buildNetwork } from '../../../server/src/engine/network/architectures';
import { initialWeights } from '../../../server/src/engine/network/network';
import type {
  BaselineMethod,
  BaselineSetting,
} from '../../../server/src/engine/path/baselines/baseline-method';
import { createBaseline } from '../../../server/src/engine/path/baselines/create-baseline';
import { labelMemory } from '../../../server/src/engine/path/keep/labelled-memory';
import { keepFunction } from '../../../server/src/engine/path/kept-function';
import { Random } from '../../../server/src/engine/random';
import type { RunContext } from '../../../server/src/engine/run-context';
import type { Baseline, Leg } from '../../../server/src/spec/experiment';
import { adamDefaults } from '../optimizer-defaults';
import { TestHost } from '../recording-host';
import { experiment, learn } from './baseline-kit';

export const [SIDE, HIDDEN, CLASSES] = [3, 6, 5];
export const network = buildNetwork(
  { architecture: 'mlp', hidden: [HIDDEN], activation: 'relu', classes: CLASSES },
  [SIDE, SIDE],
);
export const { layout } = network;
export const random = Random.of('baseline methods');
export const normals = (length: number) => Float32Array.from({ length }, () => random.normal());

function dataSet(name: string, count: number, classes: readonly number[]): DataSet {
  const inputs = normals(count * SIDE * SIDE);
  const labels = Int32Array.from({ length: count }, (_, i) => classes[i % classes.length] ?? 0);
  const samples = { count, inputs, labels };
  return {
    ...{ name, inputShape: [SIDE, SIDE], train: samples, test: samples },
    ...{ classes: CLASSES, warnings: [] },
  };
}

export const dataSets = new Map(
  [
    dataSet('digits', 40, [0, 1, 2]),
    dataSet('letters', 30, [3, 4]),
    dataSet('turned', 20, [0, 4]),
  ].map((data) => [data.name, data]),
);
export const anchor = initialWeights(network, Random.of('anchor'));

const host = new TestHost();
export const backend = await loadWasmBackend();
export const context: RunContext = {
  ...{ experiment: experiment([learn]), backend, network, dataSets, host },
};

export async function settingFor(
  leg: Leg,
  changes: Partial<BaselineSetting> = {},
): Promise<BaselineSetting> {
  return {
    ...{ context, name: 'under-test', leg, index: 0, anchor, known: new Set<string>() },
    kept: await keepFunction(leg, 0, anchor, context),
    memory: labelMemory(leg, 0, context),
    steps: leg.solver.steps,
    optimizer: { ...adamDefaults, type: 'adam', learning_rate: 1e-2 },
    ...changes,
  };
}

/** Begins a baseline and takes some of its steps; returns where it came to. */
export async function walked(method: BaselineMethod, steps = method.steps): Promise<Float32Array> {
  const weights = anchor.slice();
  await method.begin?.([]);
  for (let step = 0; step < steps; step++) await method.step(weights, step);
  return weights;
}

export const small: Leg = { ...learn, keep: { ...learn.keep, memory: 8 } };
/** Each step sees all that there is to learn and all of the memory. */
export const learnAll: Leg = {
  ...small,
  objective: { ...{ type: 'learn', on: 'letters' }, batch_size: 30, momentum: 0.9, replay: 0 },
  keep: { on: 'digits', memory: 8, distance: 'logits' },
  solver: { ...learn.solver, steps: 4, samples: 8, weight: 0.5 } as Leg['solver'],
};
export const start = (spec: Baseline, setting: BaselineSetting) => createBaseline(spec, setting);
export const at = (values: ArrayLike<number>, i: number) => values[i] ?? Number.NaN;
