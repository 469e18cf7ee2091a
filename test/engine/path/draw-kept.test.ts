/** What a step is shown of the kept function. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Backend } from '../../../server/src/engine/backends/backend';
import { loadWasmBackend } from '../../../server/src/engine/backends/wasm';
import type { DataSet } from '../../../server/src/engine/data/data-set';
import { outputsInChunks } from '../../../server/src/engine/metrics/outputs';
import { buildNetwork } from '../../../server/src/engine/network/architectures';
import { initialWeights } from '../../../server/src/engine/network/network';
import { drawKept, keepFunction } from '../../../server/src/engine/path/kept-function';
import { Random } from '../../../server/src/engine/random';
import type { RunContext } from '../../../server/src/engine/run-context';
import type { Keep, Leg } from '../../../server/src/spec/experiment';

const SIDE = 4;
const network = buildNetwork({ architecture: 'mlp', hidden: [6], activation: 'tanh', classes: 3 }, [
  SIDE,
  SIDE,
]);
const anchor = initialWeights(network, Random.of('anchor'));

/** Images whose pixels all tell which data set they are of, and which sample they are. */
function dataSet(name: string, count: number, base: number): DataSet {
  const inputs = new Float32Array(count * SIDE * SIDE).map(
    (_, i) => base + Math.floor(i / (SIDE * SIDE)) / 100,
  );
  const samples = { count, inputs, labels: new Int32Array(count) };
  return {
    name,
    inputShape: [SIDE, SIDE],
    train: samples,
    test: samples,
    classes: 1,
    warnings: [],
  };
}

let backend: Backend;
let context: RunContext;
beforeAll(async () => {
  backend = await loadWasmBackend({ threads: 1 });
  const sets = [dataSet('kept', 20, 0), dataSet('pool', 90, 1), dataSet('more', 90, 2)];
  context = {
    experiment: { seed: 3 },
    backend,
    network,
    dataSets: new Map(sets.map((set) => [set.name, set])),
  } as unknown as RunContext;
});

const legOf = (keep: Partial<Keep>) =>
  ({
    leg: 'add',
    keep: { on: 'kept', distance: 'logits', ...keep },
    solver: { steps: 10, samples: 60 },
  }) as unknown as Leg;

async function draw(keep: Partial<Keep>, samples: number, step = 0) {
  const kept = await keepFunction(legOf(keep), 0, anchor, context);
  return drawKept(kept, context, { leg: 'add', step, samples });
}

/** From which data set each drawn sample is. */
const origins = ({ inputs }: { inputs: Float32Array }) =>
  Array.from({ length: inputs.length / SIDE ** 2 }, (_, row) =>
    Math.floor((inputs[row * SIDE ** 2] ?? NaN) + 1e-3),
  );

describe('a step', () => {
  test('draws all it asks for from a small memory where it is augmented', async () => {
    const plain = await draw({ memory: 5 }, 12);
    expect(plain.count).toBe(5);
    const augmented = await draw({ memory: 5, augment: ['noise', 'affine'] }, 12);
    expect(augmented.count).toBe(12);
    expect(augmented.inputs).toHaveLength(12 * network.inputs);
    expect(augmented.anchorOutputs).toEqual(
      await outputsInChunks(context, anchor, augmented.inputs),
    );
  });

  test('draws its share from the pool, and keeps there what the anchor says', async () => {
    const pool = { on: ['pool', 'more'], share: 0.75 };
    const drawn = await draw({ pool }, 40);
    const counts = [0, 1, 2].map((set) => origins(drawn).filter((from) => from === set).length);
    expect(counts[0]).toBe(10);
    expect((counts[1] ?? 0) + (counts[2] ?? 0)).toBe(30);
    expect(Math.min(...counts)).toBeGreaterThan(0);
    const said = await outputsInChunks(context, anchor, drawn.inputs);
    drawn.anchorOutputs.forEach((value, i) => expect(value).toBeCloseTo(said[i] ?? NaN, 5));
  });

  test('augments the pool as the memory', async () => {
    const keep: Partial<Keep> = { memory: 3, pool: { on: 'pool', share: 0.5 }, augment: ['noise'] };
    const drawn = await draw(keep, 20);
    expect(drawn.count).toBe(20);
    expect(drawn.anchorOutputs).toEqual(await outputsInChunks(context, anchor, drawn.inputs));
    expect(await draw(keep, 20)).toEqual(drawn);
  });

  test('is drawn by its number', async () => {
    expect(await draw({}, 8)).toEqual(await draw({}, 8));
    expect(await draw({}, 8)).not.toEqual(await draw({}, 8, 1));
    expect(origins(await draw({}, 8))).toEqual(new Array(8).fill(0));
  });
});
