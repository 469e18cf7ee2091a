/** Ensembles: directions, lengths of paths, members, and whole runs that go on in the middle of a member. */
import { describe, expect, test } from 'vitest';
import { loadWasmBackend } from '../../../server/src/engine/backends/wasm';
import { readData } from '../../../server/src/engine/data/read-data';
import { buildNetwork } from '../../../server/src/engine/network/architectures';
import { initialWeights } from '../../../server/src/engine/network/network';
import { drawBatches } from '../../../server/src/engine/path/trainers/draw-batches';
import { hostTrainer } from '../../../server/src/engine/path/trainers/host-trainer';
import { Run } from '../../../server/src/engine/run';
import { newRecord } from '../../../server/src/engine/run-record';
import { layoutOf, toNamedTensors } from '../../../server/src/engine/network/layout';
import { diversify, drawDirection } from '../../../server/src/engine/path/objectives/diversify';
import type { KeptFunction } from '../../../server/src/engine/path/kept-function';
import { isCheckpoint, stepsOf } from '../../../server/src/engine/path/leg-steps';
import { baselinesOf } from '../../../server/src/engine/path/baselines/baselines-of';
import type { DataSet } from '../../../server/src/engine/data/data-set';
import { Random } from '../../../server/src/engine/random';
import type { RunContext } from '../../../server/src/engine/run-context';
import { runExperiment } from '../../../server/src/engine/run-experiment';
import { distance, dot, norm } from '../../../server/src/engine/vector';
import type {
  Baseline,
  DiversifyObjective,
  Leg,
  MeasureAttack,
} from '../../../server/src/spec/experiment';
import { essence, TestHost } from '../recording-host';
import { experiment, glyphs, prune } from '../whole-runs';

const STEPS = 4;
const ARC = 2;
const objective: DiversifyObjective = { type: 'diversify', members: 3, arc_length: ARC };
const leg: Leg = {
  ...prune,
  leg: 'spread',
  objective,
  solver: { ...prune.solver, type: 'geodesic', steps: STEPS } as Leg['solver'],
};

const layout = layoutOf([
  { name: 'large', shape: [400], role: 'kernel' },
  { name: 'small', shape: [400], role: 'kernel' },
  { name: 'mean', shape: [20], role: 'statistic' },
]);
const anchor = new Float32Array(layout.size).map((_, i) => (i < 400 ? 10 : i < 800 ? -1 : 7));
const begun = async () => {
  const context = { experiment: { seed: 5 }, network: { layout } } as RunContext;
  const found = diversify({ ...objective, direction: 'random' }, leg, context);
  await found.begin?.({ anchor } as KeptFunction);
  return found;
};
const cosine = (a: Float32Array, b: Float32Array) => dot(a, b) / norm(a) / norm(b);
const moved = (from: Float32Array, by: Float32Array) =>
  from.map((value, i) => value + (by[i] ?? 0));

describe('the direction of a member', () => {
  test('moves every array by the same part of its root mean square, and no statistics', () => {
    const direction = drawDirection(layout, anchor, Random.of('test'));
    expect(norm(direction)).toBeCloseTo(1, 5);
    const ratio = norm(direction.subarray(0, 400)) / norm(direction.subarray(400, 800));
    expect(ratio).toBeGreaterThan(9);
    expect(ratio).toBeLessThan(11);
    expect([...direction.subarray(800)]).toEqual(new Array(20).fill(0));
  });

  test('persists along a path and leads away from the anchor', async () => {
    const found = await begun();
    const { direction: first, value } = await found.direction(anchor, 0, undefined);
    expect(value).toBe(0);
    expect(norm(first)).toBeCloseTo(ARC / STEPS, 5);
    const second = await found.direction(moved(anchor, first), 1, undefined);
    expect(cosine(second.direction, first)).toBeCloseTo(1, 5);
    expect(second.value).toBeCloseTo(ARC / STEPS, 4);
  });

  test('leads away from the members before', async () => {
    const found = await begun();
    const { direction: first } = await found.direction(anchor, 0, undefined);
    expect(found.endsPath?.(moved(anchor, first), STEPS - 1)).toBe(false);
    expect(found.endsPath?.(moved(anchor, first), STEPS)).toBe(true);
    const { direction: next } = await found.direction(anchor, STEPS, undefined);
    // A unit drawn at random, nearly at right angles, and a unit straight away from the first.
    expect(cosine(next, first)).toBeLessThan(-0.5);
    expect(cosine(next, first)).toBeGreaterThan(-0.9);
  });
});

test('steps have their part of the arc length, and moves grow by what the metric took away', async () => {
  const found = await begun();
  const theta = Float32Array.of(0.1, 0);
  const step = found.adjust?.({ theta, length: 0.1, outputChange: 1, objectiveValue: 0 });
  expect(step?.length).toBe(0.5);
  expect(norm(step?.theta ?? theta)).toBeCloseTo(0.5, 6);
  expect(step?.outputChange).toBeCloseTo(25, 6);
  expect(norm((await found.direction(anchor, 1, undefined)).direction)).toBeCloseTo(5 * 0.5, 4);
});

test('a leg has so many steps for each member, and each end is measured', () => {
  expect(stepsOf(leg)).toBe(12);
  const rarely = { ...leg, checkpoint_every: 3 };
  const measured = Array.from({ length: 12 }, (_, i) => i + 1).filter((s) =>
    isCheckpoint(rarely, s),
  );
  expect(measured).toEqual([3, 4, 7, 8, 11, 12]);
});

describe('an independent ensemble beside it', () => {
  const compare: Baseline[] = [{ type: 'independent_ensemble' }];
  const spec = experiment([leg], { compare });
  const weightsOf = (host: TestHost, name: string) =>
    Float32Array.from(host.files.get(name)?.flatMap((part) => [...part]) ?? []);

  test('has as many members, each trained as the first network was, from a start of its own', async () => {
    const host = new TestHost();
    const report = await runExperiment(spec, host);
    expect(report.status).toBe('completed');
    const [found] = report.baselines;
    // Four epochs of ten batches each.
    expect(found).toMatchObject({ baseline: 'independent_ensemble', leg: 'spread', steps: 3 * 40 });
    const members = found?.ensemble?.members ?? [];
    expect(members.map(({ arc_length: length }) => length)).toEqual([null, null, null]);
    const start = weightsOf(host, 'start');
    const weights = [1, 2, 3].map((i) =>
      weightsOf(host, `spread-independent_ensemble-member-${i}`),
    );
    const size = norm(start);
    members.forEach((member, i) => {
      expect(member.weight_distance).toBeCloseTo(distance(start, weights[i] ?? start), 4);
      // Nothing in common with the first network, nor with each other.
      expect(member.weight_distance).toBeGreaterThan(size);
      expect(distance(weights[i]!, weights[(i + 1) % 3]!)).toBeGreaterThan(size);
      expect(member.accuracy['digits']).toBeGreaterThan(
        (report.start?.accuracy['digits'] ?? 1) - 0.15,
      );
    });
    expect(weightsOf(host, 'spread-independent_ensemble')).toEqual(weights[2]);
    expect(found?.end.accuracy).toEqual(members[2]?.accuracy);
    expect(found?.ensemble?.accuracy['digits']).toBeGreaterThanOrEqual(
      Math.min(...members.map(({ accuracy }) => accuracy['digits'] ?? 0)),
    );
    expect(report.legs[0]?.ensemble?.coherence).toBeGreaterThan(found?.ensemble?.coherence ?? 1);
  });

  test('a member is what a run of its own seed trains', async () => {
    const host = new TestHost();
    await runExperiment(spec, host);
    const keys = ['baseline', 'independent_ensemble', 'spread', 'member', 1];
    const seed = Random.of(spec.seed, ...keys).integer(2 ** 31);
    // The data stay those of the spec's seed.
    const data = readData('digits', glyphs, { seed: spec.seed, resolvePath: (path) => path });
    const network = buildNetwork(spec.model, data.inputShape);
    const backend = await loadWasmBackend();
    const context = { experiment: spec, backend, network, dataSets: new Map(), host };
    const weights = initialWeights(network, Random.of(seed, 'init'));
    const choice = { name: 'wasm', device: '', reason: '' };
    const run = new Run(context, newRecord('', choice), weights, []);
    const { train } = spec.start;
    const trainer = hostTrainer(run, train!, { updates: 40, perEpoch: 10 });
    const batchAt = drawBatches(data, seed, 32);
    for (let update = 0; update < 40; update++) await trainer.update(batchAt(update));
    const tensors = toNamedTensors(network.layout, weights);
    expect(weightsOf(host, 'spread-independent_ensemble-member-2')).toEqual(
      Float32Array.from(tensors.flatMap(({ values }) => [...values])),
    );
  });

  test('trains as it is told, and by the defaults where the first network was read', async () => {
    const told = { ...compare[0]!, epochs: 1, batch_size: 100 } as Baseline;
    const { baselines } = await runExperiment(
      experiment([leg], { compare: [told] }),
      new TestHost(),
    );
    expect(baselines[0]?.steps).toBe(3 * 3);
    const read = { ...spec, start: { weights: 'none' } };
    const [planned] = baselinesOf({
      experiment: read,
      dataSets: new Map([['digits', { train: { count: 300 } } as DataSet]]),
    });
    expect(planned?.steps).toBe(3 * 10 * 3);
  });

  test('attacks the ensembles that it has nothing to do with, and is attacked', async () => {
    const attack: MeasureAttack = {
      ...{ on: 'digits', kinds: ['fgsm'], epsilon: 0.1, samples: 60, steps: 2, step_size: 0.5 },
      threats: ['white_box', 'transfer', 'transfer_independent'],
    };
    const two = [
      { type: 'independent_ensemble', epochs: 3 },
      { type: 'independent_ensemble', epochs: 3, name: 'others' },
    ] satisfies Baseline[];
    const changes = { compare: two, measure: { attack, pca: false } };
    const host = new TestHost();
    const { attacks = [] } = await runExperiment(experiment([leg], changes), host);
    const told = attacks.map(({ leg: at, baseline, threat, source }) =>
      [at ?? 'start', baseline, threat, source].filter(Boolean).join(' '),
    );
    expect(told).toEqual([
      'start white_box',
      'spread white_box',
      'spread transfer',
      'spread independent_ensemble white_box',
      'spread independent_ensemble transfer',
      'spread transfer_independent independent_ensemble',
      'spread others white_box',
      'spread others transfer',
      'spread transfer_independent others',
      'spread independent_ensemble transfer_independent others',
      'spread others transfer_independent independent_ensemble',
    ]);
    // Who knows the members does more harm than who knows others.
    const [, white, , , , foreign] = attacks.map(({ accuracy }) => accuracy ?? NaN);
    expect(foreign).toBeGreaterThan(white ?? NaN);
    const transfer = attacks.filter(({ source }) => source !== undefined);
    for (const { clean, accuracy } of transfer) expect(accuracy).toBeLessThan(clean ?? 0);
    const lasting = host.states.at(-1)?.tensors.filter(({ name }) => name.includes('ensemble|'));
    expect(lasting).toEqual([]);
    // Stopped before the ensembles meet, and gone on.
    const at = host.states.findIndex(
      ({ facts }) => (facts['record'] as { compare?: { position: number } }).compare?.position,
    );
    const rest = new TestHost();
    const resumed = await runExperiment(experiment([leg], changes), rest, host.states[at]);
    expect(resumed.attacks).toEqual(attacks);
  });

  test('resumes bit for bit within a member and between two', async () => {
    const whole = new TestHost();
    await runExperiment(spec, whole);
    const stepsAt = whole.states.map(
      ({ facts }) => (facts['record'] as { compare?: { steps: number } }).compare?.steps,
    );
    for (const steps of [18, 42, 120]) {
      const at = stepsAt.indexOf(steps);
      expect(at).toBeGreaterThan(0);
      const rest = new TestHost();
      const report = await runExperiment(spec, rest, whole.states[at]);
      expect(report.status).toBe('completed');
      for (const [name, weights] of rest.files) expect(weights).toEqual(whole.files.get(name));
      expect(rest.files.has('spread-independent_ensemble-member-3')).toBe(true);
    }
  });
});

describe('a run', () => {
  test('finds members of equal arc length and goes on from the anchor', async () => {
    const host = new TestHost();
    const attack = {
      on: 'digits',
      kinds: ['fgsm' as const],
      threats: ['white_box' as const, 'transfer' as const],
      epsilon: 0.1,
      samples: 50,
      steps: 2,
      step_size: 0.5,
    };
    const report = await runExperiment(
      experiment([leg], { measure: { attack, pca: false } }),
      host,
    );
    expect(report.status).toBe('completed');
    const [found] = report.legs;
    expect(found?.end.accuracy).toEqual(report.start?.accuracy);
    expect(host.files.get('spread-end')).toEqual(host.files.get('start'));
    const { ensemble } = found ?? {};
    expect(ensemble?.members).toHaveLength(3);
    const start = Float32Array.from(host.files.get('start')?.flatMap((part) => [...part]) ?? []);
    const members = [1, 2, 3].map((i) =>
      Float32Array.from(host.files.get(`spread-member-${i}`)?.flatMap((part) => [...part]) ?? []),
    );
    ensemble?.members.forEach((member, i) => {
      expect(member.arc_length).toBeCloseTo(ARC, 6);
      expect(member.weight_distance).toBeCloseTo(distance(start, members[i] ?? start), 4);
      expect(member.weight_distance).toBeLessThanOrEqual(ARC + 1e-4);
      expect(member.weight_distance).toBeGreaterThan(ARC / 2);
      expect(member.accuracy['digits']).toBeGreaterThan(
        (report.start?.accuracy['digits'] ?? 1) - 0.1,
      );
    });
    // Nearer to the anchor than to each other: they went separate ways.
    expect(distance(members[0]!, members[1]!)).toBeGreaterThan(ARC);
    expect(distance(members[1]!, members[2]!)).toBeGreaterThan(ARC);
    expect(ensemble?.coherence).toBeLessThan(1);
    expect(ensemble?.disagreement).toBeGreaterThan(0);
    const threats = report.attacks?.filter(({ leg: at }) => at === 'spread');
    expect(threats?.map(({ threat }) => threat)).toEqual(['white_box', 'transfer']);
    expect(threats?.[0]?.clean).toBe(threats?.[1]?.clean);
  });

  test.each([1, STEPS + 2, 2 * STEPS, 3 * STEPS])(
    'resumes bit for bit after %i steps',
    async (steps) => {
      const whole = new TestHost();
      await runExperiment(experiment([leg]), whole);
      const at = whole.states.findIndex(
        ({ facts }) => (facts['record'] as { leg?: { steps: number } }).leg?.steps === steps,
      );
      expect(at).toBeGreaterThan(0);
      const rest = new TestHost();
      await runExperiment(experiment([leg]), rest, whole.states[at]);
      for (const [name, weights] of rest.files) expect(weights).toEqual(whole.files.get(name));
      expect(rest.files.has('spread-end')).toBe(true);
      expect(rest.files.has('spread-member-3')).toBe(steps < 3 * STEPS);
      const tail = essence(rest.events);
      const drop = (text: string) => text.replace(/"seq":\d+,?/, '');
      expect(tail.map(drop)).toEqual(essence(whole.events).slice(-tail.length).map(drop));
    },
  );
});
