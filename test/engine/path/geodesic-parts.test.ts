/** What the geodesic solver decides from step to step: which method, how stiff, on which samples, and how far. */
import { describe, expect, test } from 'vitest';
import { loadWasmBackend } from '../../../server/src/engine/backends/wasm';
import { DISTANCES } from '../../../server/src/engine/geometry/distances';
import { outputsInChunks } from '../../../server/src/engine/metrics/outputs';
import { buildNetwork } from '../../../server/src/engine/network/architectures';
import { initialWeights } from '../../../server/src/engine/network/network';
import type { KeptFunction } from '../../../server/src/engine/path/kept-function';
import { methodOf } from '../../../server/src/engine/path/solvers/geodesic/method';
import { drawWithHeldOut } from '../../../server/src/engine/path/solvers/geodesic/step-samples';
import { nextStiffness } from '../../../server/src/engine/path/solvers/geodesic/stiffness';
import {
  defaultMovement,
  trust,
} from '../../../server/src/engine/path/solvers/geodesic/trust-region';
import { Random } from '../../../server/src/engine/random';
import type { RunContext } from '../../../server/src/engine/run-context';

const network = buildNetwork(
  { architecture: 'mlp', hidden: [6], activation: 'tanh', classes: 3 },
  [4],
);
const backend = await loadWasmBackend();
const context = { backend, network, experiment: { seed: 3 } } as unknown as RunContext;
const random = Random.of('geodesic parts');
const normals = (count: number) => Float32Array.from({ length: count }, () => random.normal());
const anchor = initialWeights(network, random);

async function keptOf(count: number, changes: Partial<KeptFunction> = {}): Promise<KeptFunction> {
  const inputs = normals(count * 4);
  const anchorOutputs = await outputsInChunks(context, anchor, inputs);
  const memory = { count, inputs, anchorOutputs };
  return { distance: DISTANCES.logits, anchor, memory, heldOut: new Map(), ...changes };
}

describe('the method', () => {
  const auto = { method: 'auto', iterations: 15 } as const;

  test('is to factorise while the matrix has 20 rows an iteration, and 500 at most', () => {
    expect(methodOf(auto, network, 100)).toBe('gram');
    expect(methodOf(auto, network, 101)).toBe('cg');
    expect(methodOf({ ...auto, iterations: 5 }, network, 34)).toBe('cg');
    expect(methodOf({ ...auto, iterations: 1000 }, network, 166)).toBe('gram');
    expect(methodOf({ ...auto, iterations: 1000 }, network, 167)).toBe('cg');
  });

  test('is what the spec says, and never to factorise by itself where that is dear', () => {
    expect(methodOf({ ...auto, method: 'cg' }, network, 1)).toBe('cg');
    expect(methodOf({ ...auto, method: 'gram' }, network, 1000)).toBe('gram');
    const convolutional = buildNetwork({ architecture: 'lenet5', classes: 3 }, [28, 28, 1]);
    expect(methodOf(auto, convolutional, 1)).toBe('cg');
  });
});

describe('an adapted stiffness', () => {
  test('falls where outputs move too far and grows, slowly, where they could move more', () => {
    expect(nextStiffness(1e-2, 2, 2)).toBe(1e-2);
    expect(nextStiffness(1e-2, 8, 2)).toBeCloseTo(5e-3, 12);
    expect(nextStiffness(1e-2, 1e9, 2)).toBeCloseTo(5e-3, 12);
    expect(nextStiffness(1e-2, 1e-9, 2)).toBeCloseTo(1.2e-2, 12);
  });

  test('stays within its bounds, whatever was measured', () => {
    expect(nextStiffness(100, 0, 2)).toBe(100);
    expect(nextStiffness(1e-6, Infinity, 2)).toBe(1e-6);
    expect(nextStiffness(1, Number.NaN, 2)).toBe(0.5);
    expect(nextStiffness(1, 3, Infinity)).toBe(1.2);
  });
});

describe('the samples of a step', () => {
  const rowsOf = ({ inputs }: { inputs: Float32Array }) =>
    Array.from({ length: inputs.length / 4 }, (_, i) => inputs.slice(4 * i, 4 * i + 4).join());
  const draw = { leg: 'a', step: 2, samples: 1000 };

  test('part the memory: a fifth of it is held out, other ones each time', async () => {
    const kept = await keptOf(50);
    const { metric, heldOut } = await drawWithHeldOut(kept, context, draw);
    expect([metric.count, heldOut.count]).toEqual([40, 10]);
    expect(new Set([...rowsOf(metric), ...rowsOf(heldOut)])).toEqual(new Set(rowsOf(kept.memory)));
    const next = await drawWithHeldOut(kept, context, { ...draw, step: 3 });
    expect(rowsOf(next.heldOut)).not.toEqual(rowsOf(heldOut));
    const again = await drawWithHeldOut(kept, context, draw);
    expect(again).toEqual({ metric, heldOut });
  });

  test('are as many as asked for where the memory has them, none of them held out', async () => {
    const kept = await keptOf(700);
    const { metric, heldOut } = await drawWithHeldOut(kept, context, { ...draw, samples: 400 });
    expect([metric.count, heldOut.count]).toEqual([400, 100]);
    const held = new Set(rowsOf(heldOut));
    expect(rowsOf(metric).filter((row) => held.has(row))).toEqual([]);
    expect(new Set(rowsOf(metric)).size).toBe(400);
    const [first] = rowsOf(metric);
    const outputs = kept.memory.anchorOutputs;
    const at = rowsOf(kept.memory).indexOf(first!);
    expect(metric.anchorOutputs.slice(0, 3)).toEqual(outputs.slice(3 * at, 3 * at + 3));
  });

  test('of an augmented memory are two draws of all of it', async () => {
    const augment = (inputs: Float32Array, by: Random) =>
      inputs.map((value) => value + 0.1 * by.normal());
    const kept = await keptOf(5, { augment });
    const { metric, heldOut } = await drawWithHeldOut(kept, context, { ...draw, samples: 12 });
    expect([metric.count, heldOut.count]).toEqual([12, 12]);
    expect(new Set([...rowsOf(metric), ...rowsOf(heldOut)]).size).toBe(24);
    const outputs = await outputsInChunks(context, anchor, heldOut.inputs);
    expect(heldOut.anchorOutputs).toEqual(outputs);
  });

  test('of a memory too small to be parted are measured on, too', async () => {
    const { metric, heldOut } = await drawWithHeldOut(await keptOf(4), context, draw);
    expect(metric.count).toBe(4);
    expect(heldOut).toBe(metric);
  });
});

describe('the trust region', () => {
  const theta = normals(anchor.length).map((value) => 0.3 * value);
  const distance = DISTANCES.logits;
  const moved = (part: number, from = anchor) =>
    from.map((value, i) => value + part * (theta[i] ?? 0));
  const apart = async (kept: KeptFunction, a: Float32Array, b: Float32Array) => {
    const { inputs, count } = kept.memory;
    const outputs = (weights: Float32Array) => outputsInChunks(context, weights, inputs);
    return distance.sum(await outputs(a), await outputs(b), 3) / count;
  };
  const trusted = (kept: KeptFunction, weights: Float32Array, budget: number, toAnchor = true) =>
    trust(context, { weights, theta }, { samples: kept.memory, distance, toAnchor }, budget);

  test('takes a step whole that moves outputs by four budgets at most', async () => {
    const kept = await keptOf(20);
    const whole = await apart(kept, moved(1), anchor);
    const { asked, ...found } = await trusted(kept, anchor, whole / 3.9);
    expect(found).toMatchObject({ part: 1, halvings: 0 });
    expect(asked).toBeCloseTo(whole, 4);
    expect(found.movement).toBe(asked);
  });

  test('halves a step until it moves outputs little enough, and leaves it where that does not help', async () => {
    const kept = await keptOf(20);
    const [whole, half, eighth] = await Promise.all(
      [1, 0.5, 0.125].map((part) => apart(kept, moved(part), anchor)),
    );
    const once = await trusted(kept, anchor, half! / 3.9);
    expect(once).toMatchObject({ part: 0.5, halvings: 1 });
    expect(once.movement).toBeCloseTo(half!, 4);
    expect(once.asked).toBeCloseTo(whole!, 4);
    const never = await trusted(kept, anchor, eighth! / 4.1);
    expect(never).toMatchObject({ part: 0, halvings: 3, movement: 0 });
  });

  test('lets a step back whole, however far away it begins', async () => {
    const kept = await keptOf(20);
    const back = await trusted(kept, moved(-1.5), 1e-9);
    expect(back).toMatchObject({ part: 1, halvings: 0 });
    expect(back.movement).toBeCloseTo(await apart(kept, moved(-0.5), anchor), 4);
  });

  test('measures from the outputs before the step where it is not held to the anchor', async () => {
    const kept = await keptOf(20);
    const from = moved(-1.5);
    const whole = await apart(kept, moved(-0.5), from);
    const found = await trusted(kept, from, whole / 3.9, false);
    expect(found.movement).toBeCloseTo(whole, 4);
    expect(await trusted(kept, from, 1e-9, false)).toMatchObject({ part: 0, movement: 0 });
  });

  test('takes no step to where outputs are no longer numbers', async () => {
    const kept = await keptOf(20);
    const huge = theta.map(() => 3e38);
    const found = await trust(
      ...([context, { weights: anchor, theta: huge }] as const),
      ...([{ samples: kept.memory, distance, toAnchor: true }, 1] as const),
    );
    expect(found).toMatchObject({ part: 0, halvings: 3 });
  });

  test('is by default 5 % of the spread of the outputs', async () => {
    const anchorOutputs = Float32Array.of(1, 0, 0, 3, 0, 0);
    const memory = { count: 2, inputs: new Float32Array(8), anchorOutputs };
    expect(defaultMovement(await keptOf(1, { memory }))).toBeCloseTo(0.05, 6);
  });

  test('is by default 5 % of the size of outputs that are all alike, and no bound on zeros', async () => {
    const inputs = new Float32Array(8);
    const alike = { count: 2, inputs, anchorOutputs: Float32Array.of(1, 2, 0, 1, 2, 0) };
    expect(defaultMovement(await keptOf(1, { memory: alike }))).toBeCloseTo(0.25, 6);
    const zeros = { count: 2, inputs, anchorOutputs: new Float32Array(6) };
    expect(defaultMovement(await keptOf(1, { memory: zeros }))).toBe(Infinity);
  });
});
