/** Whole runs with what a leg can keep, and how a penalty weighs it. */
import { describe, expect, test } from 'vitest';
import type { EngineState } from '../../../server/src/engine/host';
import { runExperiment } from '../../../server/src/engine/run-experiment';
import type { Experiment, Leg, PenaltySolver } from '../../../server/src/spec/experiment';
import { TestHost } from '../recording-host';
import { experiment, glyphs, learn, surrogate } from '../whole-runs';

describe('a run', () => {
  test('shows augmented samples of the memory to the anchor, and resumes with them bit for bit', async () => {
    const leg = { ...learn, keep: { ...learn.keep, augment: ['affine', 'noise'] as never } };
    const plain = new TestHost();
    await runExperiment(experiment([learn]), plain);
    const whole = new TestHost();
    await runExperiment(experiment([leg]), whole);
    expect(whole.files.get('add-end')).not.toEqual(plain.files.get('add-end'));
    const resumed = new TestHost();
    await runExperiment(experiment([leg]), resumed, whole.states.at(-4));
    expect(resumed.files.get('add-end')).toEqual(whole.files.get('add-end'));
  });

  test('keeps a pool whose labels do not fit the head, and resumes with it bit for bit', async () => {
    const data: Experiment['data'] = {
      digits: glyphs,
      letters: { ...glyphs, alphabet: 'letters', label_offset: 10 },
      others: { ...glyphs, alphabet: 'letters', label_offset: 500 },
    };
    const pool = { on: 'others', share: 0.5 };
    const leg = { ...learn, keep: { ...learn.keep, pool } };
    const plain = new TestHost();
    await runExperiment(experiment([learn]), plain);
    const whole = new TestHost();
    const report = await runExperiment(experiment([leg], { data }), whole);
    expect(report.status).toBe('completed');
    expect(Object.keys(report.legs[0]?.end.accuracy ?? {})).toEqual(['digits', 'letters']);
    expect(whole.files.get('add-end')).not.toEqual(plain.files.get('add-end'));
    const rest = new TestHost();
    await runExperiment(experiment([leg], { data }), rest, whole.states.at(-4));
    expect(rest.files.get('add-end')).toEqual(whole.files.get('add-end'));
  });

  test('weighs a sum of distances as their mean times the samples of a step', async () => {
    const end = async (changes: Partial<PenaltySolver>) => {
      const host = new TestHost();
      const solver = { ...surrogate.solver, ...changes } as Leg['solver'];
      await runExperiment(experiment([{ ...surrogate, solver }]), host);
      return host.files.get('surrogate-end')?.[0] ?? new Float32Array();
    };
    const mean = await end({ weight: 30 * 0.02 });
    const sum = await end({ reduction: 'sum' });
    expect(mean.length).toBeGreaterThan(1000);
    sum.forEach((value, i) => expect(value).toBeCloseTo(mean[i] ?? NaN, 4));
    expect(await end({})).not.toEqual(sum);
  });

  test('warns once of classes that the memory has not, and resumes without a second warning', async () => {
    const warnings = ({ events }: TestHost) =>
      events.filter((event) => 'code' in event && event.code === 'fip/class-missing-from-memory');
    const run = async (memory: Leg['keep']['memory'], state?: EngineState) => {
      const host = new TestHost();
      const keep = { ...learn.keep, ...(memory !== undefined && { memory }) };
      await runExperiment(experiment([{ ...learn, keep }]), host, state);
      return host;
    };
    const few = await run(4);
    expect(warnings(few)).toMatchObject([
      { event: 'warning', leg: 'add', step: 0, pointer: '/path/0/keep/memory' },
    ]);
    expect(warnings(await run({ per_class: 1 }))).toEqual([]);
    const rest = await run(4, few.states.at(-4));
    expect(warnings(rest)).toEqual([]);
    expect(rest.files.get('add-end')).toEqual(few.files.get('add-end'));
  });
});
