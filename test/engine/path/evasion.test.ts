/** Where attacks on other networks carry over less: derivatives against float64, and what a step there does. */
import { describe, expect, test } from 'vitest';
import { loadWasmBackend } from '../../../server/src/engine/backends/wasm';
import { averagedLoss } from '../../../server/src/engine/metrics/attacks/averaged-loss';
import { marginByInput, margins } from '../../../server/src/engine/metrics/attacks/margin';
import { buildNetwork } from '../../../server/src/engine/network/architectures';
import {
  evasion,
  slopeGradient,
  sumOfUnits,
} from '../../../server/src/engine/path/objectives/evasion';
import type { KeptFunction } from '../../../server/src/engine/path/kept-function';
import { Random } from '../../../server/src/engine/random';
import { runExperiment } from '../../../server/src/engine/run-experiment';
import type { RunContext } from '../../../server/src/engine/run-context';
import type { Leg } from '../../../server/src/spec/experiment';
import { dot, norm } from '../dense-algebra';
import { pointOf, referenceOutputs } from '../derivatives';
import { TestHost } from '../recording-host';
import { experiment, prune } from '../whole-runs';

const backend = await loadWasmBackend({ threads: 1 });
const network = buildNetwork(
  { architecture: 'mlp', hidden: [9, 6], activation: 'tanh', classes: 4 },
  [5, 4, 1],
);
const samples = 8;
const point = pointOf(network, 'evading', { samples });
const { weights, inputs } = point;
const other = pointOf(network, 'another').weights;
const labels = Int32Array.from({ length: samples }, (_, i) => i % 4);
const context = { backend, network, experiment: { seed: 1 } } as RunContext;
const cosine = (a: ArrayLike<number>, b: ArrayLike<number>) => dot(a, b) / norm(a) / norm(b);

/** Margins in float64, by their definition. */
function marginsOf(outputs: ArrayLike<number>): number[] {
  return Array.from(labels, (label, row) => {
    const scores = Array.from({ length: 4 }, (_, k) => outputs[row * 4 + k]!);
    const others = scores.filter((_, k) => k !== label);
    return Math.log(others.reduce((sum, y) => sum + Math.exp(y), 0)) - scores[label]!;
  });
}
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

describe('margins', () => {
  test('are those of their definition, and their derivative that of differences', () => {
    const random = Random.of('outputs');
    const outputs = Float32Array.from({ length: samples * 4 }, () => 3 * random.normal());
    const { value, cotangent } = margins(outputs, labels);
    expect(value).toBeCloseTo(sum(marginsOf(outputs)), 4);
    cotangent.forEach((slope, i) => {
      const at = (step: number) =>
        sum(marginsOf(Array.from(outputs, (y, k) => (k === i ? y + step : y))));
      expect(slope).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 5);
    });
  });

  test('do not vanish where a network is sure, and stay finite where it is sure of another class', () => {
    const { value, cotangent } = margins(Float32Array.of(500, 0, 0, 0), Int32Array.of(0));
    expect(value).toBeCloseTo(Math.log(3) - 500, 3);
    [-1, 1 / 3, 1 / 3, 1 / 3].forEach((slope, k) => expect(cotangent[k]).toBeCloseTo(slope, 6));
    expect(margins(Float32Array.of(0, 500, 0, 0), Int32Array.of(0)).value).toBeCloseTo(500, 3);
  });

  test('rise by the inputs where the cross-entropy does', async () => {
    const found = await marginByInput(context, weights, inputs, labels);
    const { gradient } = await averagedLoss(context, [weights], labels)(inputs);
    for (let row = 0; row < samples; row++) {
      const rowOf = (values: Float32Array) => values.subarray(row * 20, (row + 1) * 20);
      expect(cosine(rowOf(found), rowOf(gradient))).toBeGreaterThan(1 - 1e-5);
    }
  });
});

test('units are summed sample by sample; no length adds nothing', () => {
  const found = sumOfUnits([Float32Array.of(3, 4, 0, 0), Float32Array.of(0, 2, 0, -5)], 2);
  expect([...found].map((value) => Number(value.toFixed(6)))).toEqual([0.6, 1.8, 0, -1]);
});

describe('the direction', () => {
  const random = Random.of('probe');
  const probe = inputs.map(() => 0.05 * random.normal());
  const slopeAt = (w: ArrayLike<number>, p: ArrayLike<number>) => {
    const moved = (sign: number) =>
      Float64Array.from(inputs, (x, i) => x + sign * p[i]!) as unknown as Float32Array;
    const at = (sign: number) =>
      sum(marginsOf(referenceOutputs({ ...point, inputs: moved(sign) }, w)));
    return at(1) - at(-1);
  };
  const step = (direction: ArrayLike<number>, length: number) =>
    Float64Array.from(weights, (w, i) => w + length * direction[i]!);

  test('is the steepest way down of the slope, by float64 differences', async () => {
    const direction = await slopeGradient(context, weights, { inputs, labels, probe });
    expect(norm(direction)).toBeCloseTo(1, 5);
    const slopeAlong = (along: ArrayLike<number>) =>
      (slopeAt(step(along, 1e-5), probe) - slopeAt(step(along, -1e-5), probe)) / 2e-5;
    const gradient = Array.from(weights, (_, i) =>
      slopeAlong(Float64Array.from(weights, (__, k) => (k === i ? 1 : 0))),
    );
    expect(cosine(direction, gradient)).toBeLessThan(-1 + 1e-5);
  });

  test('makes attacks on another network carry over less, without labels', async () => {
    const outputs = Float32Array.from(referenceOutputs(point, other));
    const kept = {
      memory: { count: samples, inputs, anchorOutputs: outputs },
      anchor: other,
    } as unknown as KeptFunction;
    const place = { weights, others: [other], leg: 'spread', step: 0 };
    const direction = await evasion(context, kept, place);
    const rows = Array.from({ length: samples }, (_, row) =>
      outputs.subarray(row * 4, row * 4 + 4),
    );
    const answers = Int32Array.from(rows, (row) => row.indexOf(Math.max(...row)));
    const gradient = await marginByInput(context, other, inputs, answers);
    // How much a short attack on the other network raises the loss of this one.
    const harmAt = async (w: Float32Array) => {
      const loss = averagedLoss(context, [w], answers);
      const attacked = inputs.map((x, i) => x + 0.05 * Math.sign(gradient[i]!));
      const [clean, after] = [await loss(inputs), await loss(attacked)];
      return sum(Array.from(after.losses)) - sum(Array.from(clean.losses));
    };
    const moved = Float32Array.from(step(direction, 0.5));
    expect(await harmAt(moved)).toBeLessThan((await harmAt(weights)) - 0.01);
  });
});

test('a leg that evades finds members whose gradients are less alike, by as long a way', async () => {
  const legTo = (direction: 'random' | 'evasive'): Leg => ({
    ...prune,
    leg: 'spread',
    objective: { type: 'diversify', members: 3, arc_length: 6, direction },
    solver: { ...prune.solver, type: 'geodesic', steps: 8 } as Leg['solver'],
  });
  const walk = async (direction: 'random' | 'evasive') => {
    const { legs } = await runExperiment(experiment([legTo(direction)]), new TestHost());
    return legs[0]?.ensemble;
  };
  const [random, evasive] = [await walk('random'), await walk('evasive')];
  for (const { arc_length: length } of evasive?.members ?? []) expect(length).toBeCloseTo(6, 5);
  expect(evasive?.coherence).toBeLessThan((random?.coherence ?? 0) - 0.02);
});
