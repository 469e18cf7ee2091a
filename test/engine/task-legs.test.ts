/** Legs that learn several tasks: what they are walked as, what they keep, and that they resume bit for bit. */
import { describe, expect, test } from 'vitest';
import type { EngineEvent, EngineHost, EngineState } from '../../server/src/engine/host';
import { keepFunction } from '../../server/src/engine/path/kept-function';
import { plannedLegs } from '../../server/src/engine/path/planned-legs';
import { runExperiment } from '../../server/src/engine/run-experiment';
import type { RunContext } from '../../server/src/engine/run-context';
import type { Experiment, Leg, LearnObjective } from '../../server/src/spec/experiment';
import { adamDefaults } from './optimizer-defaults';
import { readData } from '../../server/src/engine/data/read-data';
import { splitTasks } from '../../server/src/engine/data/split-tasks';

const learn = (on: LearnObjective['on'], keep: Partial<Leg['keep']> = {}): Leg => ({
  leg: 'more',
  objective: { type: 'learn', on, batch_size: 32, momentum: 0.9, replay: 0 },
  keep: { on: 'digits-1', memory: 24, distance: 'logits', ...keep },
  solver: {
    ...{ type: 'geodesic', steps: 3, step_size: 0.5, samples: 20, stiffness: 0.03 },
    ...{ iterations: 4, tolerance: 1e-3, correction: true, method: 'auto', refresh: 1 },
  },
});
const experiment = (path: Leg[]): Experiment => ({
  ...{ fip: 1, name: 'test', seed: 5, backend: 'wasm', expect: [], path },
  data: {
    digits: {
      ...{ format: 'glyphs', train: 200, test: 50, size: 8, alphabet: 'digits' },
      ...{ normalize: true, label_offset: 0 },
      tasks: { by: 'classes', count: 5, labels: 'own' },
    },
  },
  model: { architecture: 'mlp', hidden: [16], activation: 'relu', classes: 10 },
  start: {
    train: {
      ...{ on: 'digits-1', epochs: 2, batch_size: 32 },
      optimizer: { ...adamDefaults, type: 'adam', learning_rate: 3e-3 },
    },
  },
});

/** Keeps states and weights in memory; stops after so many states. */
function memoryHost(stopAfter = Infinity) {
  const events: EngineEvent[] = [];
  const states: EngineState[] = [];
  const files = new Map<string, Float32Array[]>();
  const host: EngineHost = {
    run: 'test-run',
    emit: (event) => events.push(structuredClone(event)),
    shouldStop: () => states.length >= stopAfter,
    saveState: (state) => states.push(structuredClone(state)),
    saveWeights: (name, tensors) => {
      files.set(
        name,
        tensors.map(({ values }) => values.slice()),
      );
      return name;
    },
    readWeights: () => [],
    resolvePath: (path) => path,
  };
  return { host, events, states, files };
}

const shapeOf = (path: Leg[]) =>
  plannedLegs(experiment(path)).map(({ leg, index }) => [
    leg.leg,
    index,
    leg.objective.type === 'learn' && leg.objective.on,
    leg.keep.on,
  ]);

describe('the legs that are walked', () => {
  test('are as they are written where they learn one task', () => {
    const written = [learn('digits-2'), { ...learn('digits-3'), leg: 'then' }];
    expect(shapeOf(written)).toEqual([
      ['more', 0, 'digits-2', ['digits-1']],
      ['then', 1, 'digits-3', ['digits-1']],
    ]);
  });

  test('of several tasks keep what was learnt before', () => {
    expect(shapeOf([learn(['digits-2', 'digits-4'])])).toEqual([
      ['more:digits-2', 0, 'digits-2', ['digits-1']],
      ['more:digits-4', 0, 'digits-4', ['digits-1', 'digits-2']],
    ]);
  });

  test('of a whole data set are those of the tasks that neither training nor keep has', () => {
    const [first, ...rest] = shapeOf([learn('digits', { on: 'digits-3' })]);
    expect(first).toEqual(['more:digits-2', 0, 'digits-2', ['digits-3']]);
    expect(rest.map(([name]) => name)).toEqual(['more:digits-4', 'more:digits-5']);
  });
});

describe('the memory of a task', () => {
  const spec = experiment([learn('digits')]);
  const whole = readData('digits', spec.data['digits']!, { seed: 5, resolvePath: String });
  const dataSets = splitTasks(spec.data['digits']!, whole, 5);
  const context = {
    experiment: spec,
    dataSets: new Map(dataSets.map((data) => [data.name, data])),
    network: { inputs: 64, outputs: 10, nodes: [] },
    backend: { scope: () => Promise.resolve() },
  } as unknown as RunContext;

  /** By data set, the kept samples as texts. */
  const memories = async (memory: number | undefined) => {
    const legs = plannedLegs(experiment([learn('digits', { ...(memory && { memory }) })]));
    return Promise.all(
      legs.map(async ({ leg, index }) => {
        const { memory: kept } = await keepFunction(leg, index, new Float32Array(), context);
        const rows = Array.from({ length: kept.count }, (_, row) =>
          kept.inputs.subarray(row * 64, (row + 1) * 64).join(),
        );
        return dataSets.map(({ train }) => {
          const own = new Set(
            Array.from({ length: train.count }, (_, row) =>
              train.inputs.subarray(row * 64, (row + 1) * 64).join(),
            ),
          );
          return rows.filter((row) => own.has(row));
        });
      }),
    );
  };

  test('holds the same samples in every leg; a smaller share is the first part of a larger one', async () => {
    const legs = await memories(24);
    expect(legs.map((parts) => parts.map(({ length }) => length))).toEqual([
      [24, 0, 0, 0, 0],
      [12, 12, 0, 0, 0],
      [8, 8, 8, 0, 0],
      [6, 6, 6, 6, 0],
    ]);
    for (const [i, later] of legs.slice(1).entries())
      for (const [task, rows] of later.entries())
        if (task <= i) expect(legs[i]?.[task]?.slice(0, rows.length)).toEqual(rows);
  });
});

describe('a run along several tasks', () => {
  const path = [learn('digits')];

  test('tells of each task as of a leg, and its files have names that every system takes', async () => {
    const { host, events, files } = memoryHost();
    const report = await runExperiment(experiment(path), host);
    const names = [2, 3, 4, 5].map((i) => `more:digits-${i}`);
    expect(report).toMatchObject({ status: 'completed' });
    expect(report.legs.map(({ leg }) => leg)).toEqual(names);
    expect(events[0]).toMatchObject({ legs: names.map((leg) => ({ leg, steps: 3 })) });
    expect([...files.keys()]).toContain('more.digits-2-end');
    expect([...files.keys()].join()).not.toContain(':');
    expect(Object.keys(report.legs[1]?.end.output_distance ?? {}).sort()).toEqual(
      ['digits-1', 'digits-2', 'held_out', 'memory'].sort(),
    );
    // Each leg counts from an anchor of its own.
    const first = events.find(
      ({ event, ...rest }) => event === 'checkpoint' && 'leg' in rest && rest.leg === names[1],
    );
    expect(first).toMatchObject({ step: 0, metrics: { weight_distance: 0 } });
  });

  test('resumes bit for bit from any state, and stops in the middle of a later task', async () => {
    const whole = memoryHost();
    await runExperiment(experiment(path), whole.host);
    const last = whole.files.get('more.digits-5-end');
    expect(last).toBeDefined();
    for (let at = whole.states.length - 20; at < whole.states.length - 2; at++) {
      const rest = memoryHost();
      await runExperiment(experiment(path), rest.host, whole.states[at]);
      expect(rest.files.get('more.digits-5-end')).toEqual(last);
    }
    const stopped = memoryHost(whole.states.length - 8);
    const report = await runExperiment(experiment(path), stopped.host);
    expect(report.status).toBe('stopped');
    expect(report.legs.at(-1)).toMatchObject({ leg: 'more:digits-4', status: 'stopped' });
    const rest = memoryHost();
    await runExperiment(experiment(path), rest.host, stopped.states.at(-1));
    expect(rest.files.get('more.digits-5-end')).toEqual(last);
  });

  test('fails at the leg of the spec', async () => {
    const wild = learn('digits');
    const solver = { ...wild.solver, step_size: 1e38 } as Leg['solver'];
    const report = await runExperiment(experiment([{ ...wild, solver }]), memoryHost().host);
    expect(report).toMatchObject({ status: 'failed', pointer: '/path/0/solver/step_size' });
  });

  test('judges expectations at a leg by its last task', async () => {
    const at = (when: string) =>
      ({ metric: 'accuracy', on: 'digits-1', at: when, at_least: 0 }) as const;
    const expectations = ['more', 'more:digits-2', 'more:digits-5', 'end'].map(at);
    const whole = await runExperiment(
      { ...experiment(path), expect: expectations },
      memoryHost().host,
    );
    const values = whole.expectations.map(({ value }) => value);
    expect(values).toHaveLength(4);
    const measured = whole.legs.map(({ end }) => end.accuracy['digits-1']);
    expect(values).toEqual([measured[3], measured[0], measured[3], measured[3]]);
    const half = memoryHost(14);
    const stopped = await runExperiment({ ...experiment(path), expect: expectations }, half.host);
    expect(stopped.status).toBe('stopped');
    expect(stopped.legs.length).toBeLessThan(4);
    expect(stopped.expectations.map(({ at: when }) => when)).not.toContain('more');
  });
});
