/** Whole runs that look up to other networks. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NamedTensor } from '../../../server/src/engine/host';
import { encodeSafetensors } from '../../../server/src/engine/network/safetensors';
import { runExperiment } from '../../../server/src/engine/run-experiment';
import type { Leg, Model } from '../../../server/src/spec/experiment';
import { TestHost } from '../recording-host';
import { experiment, learn, prune, surrogate } from '../whole-runs';

describe('a run with other networks', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fip-networks-'));
  const file = join(folder, 'other.safetensors');
  const back: Leg = {
    ...learn,
    leg: 'back',
    objective: { type: 'reach', weights: file },
    solver: { ...prune.solver, stiffness: 0.1 } as Leg['solver'],
  };
  const own: Leg = {
    ...learn,
    leg: 'own',
    objective: {
      type: 'fit',
      on: 'letters',
      loss: { cross_entropy: 1, distillation: 0.5, l2: 1e-4 },
      teacher: file,
      temperature: 2,
      batch_size: 32,
      momentum: 0.9,
    },
  };
  beforeAll(async () => {
    const host = new TestHost();
    const shapes: NamedTensor[][] = [];
    host.saveWeights = (_name, tensors) => {
      shapes.push(structuredClone([...tensors]));
      return '';
    };
    await runExperiment(experiment([learn], { seed: 6 }), host);
    writeFileSync(file, encodeSafetensors(shapes.at(-1) ?? []));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('goes towards one while the function holds, and resumes bit for bit', async () => {
    const whole = new TestHost();
    const report = await runExperiment(experiment([back]), whole);
    expect(report.status).toBe('completed');
    const distances = whole.events.flatMap((event) =>
      event.event === 'checkpoint' ? (event.metrics.distance_to_target ?? NaN) : [],
    );
    expect(distances.length).toBeGreaterThan(5);
    distances.slice(1).forEach((d, i) => expect(d).toBeLessThan(distances[i] ?? NaN));
    for (const at of [-10, -5, -2]) {
      const rest = new TestHost();
      await runExperiment(experiment([back]), rest, whole.states.at(at));
      expect(rest.files.get('back-end')).toEqual(whole.files.get('back-end'));
    }
  });

  test('lowers a loss of several terms, and resumes bit for bit', async () => {
    for (const solver of [own.solver, surrogate.solver]) {
      const leg = { ...own, solver: { ...solver, steps: 60 } };
      const whole = new TestHost();
      const report = await runExperiment(experiment([leg]), whole);
      const values = whole.events.flatMap((event) =>
        event.event === 'step' ? (event.objective_value ?? NaN) : [],
      );
      expect(values.at(-1)).toBeLessThan(0.8 * (values[0] ?? NaN));
      expect(report.legs[0]?.end.accuracy['letters']).toBeGreaterThan(0.2);
      const rest = new TestHost();
      await runExperiment(experiment([leg]), rest, whole.states.at(-7));
      expect(rest.files.get('own-end')).toEqual(whole.files.get('own-end'));
    }
  });

  test.each([
    [{ ...back, objective: { type: 'reach', weights: '/nowhere' } }, 'fip/weights', 'weights'],
    [{ ...own, objective: { ...own.objective, teacher: '/nowhere' } }, 'fip/weights', 'teacher'],
    [
      { ...own, objective: { ...own.objective, teacher: undefined } },
      'fip/fit-teacher',
      'loss/distillation',
    ],
  ])('fails before it computes anything without one, %#', async (leg, code, key) => {
    const host = new TestHost();
    const report = await runExperiment(experiment([prune, leg as Leg]), host);
    expect(host.events.map(({ event }) => event)).toEqual(['run-started', 'run-ended']);
    const pointer = `/path/1/objective/${key}`;
    expect(report).toMatchObject({ status: 'failed', code, pointer });
  });

  test('fails where one is of another model', async () => {
    const model: Model = { architecture: 'mlp', hidden: [25], activation: 'relu', classes: 20 };
    const report = await runExperiment(experiment([back], { model }), new TestHost());
    expect(report).toMatchObject({ code: 'fip/weights', pointer: '/path/0/objective/weights' });
    expect(report.reason).toContain('instead of');
  });
});
