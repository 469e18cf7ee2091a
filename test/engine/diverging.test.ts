/** Runs that diverge: they stop, keep what was good, and say at which step it happened and what to change. */
import { describe, expect, test } from 'vitest';
import { checkStep } from '../../server/src/engine/path/check-finite';
import { runExperiment } from '../../server/src/engine/run-experiment';
import type { Experiment, Leg, Optimizer } from '../../server/src/spec/experiment';
import { MemoryHost, learnLeg, pruneLeg, smallExperiment } from './memory-host';
import { adamDefaults, sgdDefaults } from './optimizer-defaults';

const solver = (changes: object) => ({ ...learnLeg.solver, ...changes });
const penalty = (optimizer: Optimizer): Leg['solver'] => ({
  ...{ type: 'penalty', steps: 9, weight: 1, reduction: 'mean', samples: 20 },
  optimizer,
});
/** One update takes the weights to where float32 overflows in the next forward pass. */
const wild: Optimizer = { ...sgdDefaults, type: 'sgd', learning_rate: 1e25, momentum: 0 };
const polish = { steps: 6, batch_size: 20, weight: 1, distance: 'logits' } as const;

const cases: [string, Leg, { pointer: string; reason: RegExp }][] = [
  [
    'geodesic steps that are too long',
    { ...learnLeg, solver: solver({ step_size: 1e22, stiffness: 1, correction: false }) },
    {
      pointer: '/path/0/solver/step_size',
      reason: /`step_size` is 1e\+22, .*Make `step_size` smaller/,
    },
  ],
  [
    'a penalty with too large a learning rate',
    { ...learnLeg, solver: penalty(wild) },
    {
      pointer: '/path/0/solver/optimizer',
      reason: /learning rate, 1e\+25, is too high: lower `learning_rate`/,
    },
  ],
  [
    'a polish with too large a learning rate',
    {
      ...pruneLeg,
      objective: {
        ...pruneLeg.objective,
        polish: { ...polish, optimizer: { ...adamDefaults, type: 'adam', learning_rate: 1e25 } },
      } as Leg['objective'],
    },
    { pointer: '/path/0/objective/polish/optimizer', reason: /learning rate, 1e\+25/ },
  ],
];

async function diverge(leg: Leg, changes: Partial<Experiment> = {}) {
  const host = new MemoryHost();
  const report = await runExperiment(
    smallExperiment([{ ...leg, checkpoint_every: 1 }], changes),
    host,
  );
  return { host, report };
}

describe.each(cases)('%s', (_name, leg, { pointer, reason }) => {
  test('stop the run with its step, its likely cause and its place', async () => {
    const { host, report } = await diverge(leg);
    expect(report).toMatchObject({ status: 'failed', code: 'fip/not-finite', pointer });
    expect(report.reason).toMatch(reason);
    const steps = host.of('step').length;
    expect(report.reason).toMatch(new RegExp(`[Ss]tep (${steps}|${steps + 1}) of leg`));
    expect(host.of('leg-ended')).toMatchObject([{ report: { leg: leg.leg, status: 'failed' } }]);
    expect(host.events.at(-1)).toMatchObject({ event: 'run-ended', status: 'failed' });
  });

  test('leave states and files of numbers alone, and name the last one', async () => {
    const { host, report } = await diverge(leg);
    const states = host.states.flatMap(({ tensors }) =>
      tensors.filter(({ name }) => name === 'weights'),
    );
    const saved = [...states, ...[...host.files.values()].flat()];
    expect(states).toHaveLength(host.states.length);
    expect(saved.every(({ values }) => values.every(Number.isFinite))).toBe(true);
    const last = host.of('checkpoint').at(-1)!;
    const good =
      last.file === undefined
        ? 'those of the first network, are in `weights/start.safetensors`'
        : `those of step ${last.step} of \`${leg.leg}\`, are in \`${last.file}\``;
    expect(report.reason).toContain(good);
    expect(host.files.has(last.file ?? 'weights/start.safetensors')).toBe(true);
    const losses = host.of('checkpoint').flatMap(({ metrics }) => Object.values(metrics.loss));
    expect(losses).not.toContain(null);
  });
});

test('a diverged run that is resumed fails in the same way', async () => {
  const leg = { ...learnLeg, solver: penalty(wild), checkpoint_every: 1 };
  const { host, report } = await diverge(leg);
  const again = await runExperiment(
    smallExperiment([leg]),
    new MemoryHost(host.files),
    host.states.at(-1),
  );
  expect(again).toMatchObject({ status: 'failed', code: 'fip/not-finite', reason: report.reason });
});

test('a training whose last update diverges does not become the first network', async () => {
  const train = {
    ...{ on: 'digits', epochs: 1, batch_size: 200 },
    optimizer: { ...sgdDefaults, type: 'sgd', learning_rate: 1e35, momentum: 0 } as const,
  };
  const { host, report } = await diverge(learnLeg, { start: { train } });
  expect(report).toMatchObject({
    ...{ status: 'failed', code: 'fip/not-finite', pointer: '/start/train/optimizer' },
  });
  expect(report.reason).toMatch(/first network.*Lower the learning rate/);
  expect(host.files.size).toBe(0);
});

test('the last good network may be the end of the leg before', async () => {
  const leg = { ...learnLeg, solver: penalty(wild) };
  const host = new MemoryHost();
  const report = await runExperiment(smallExperiment([pruneLeg, leg]), host);
  expect(report.code).toBe('fip/not-finite');
  const named = /in `([^`]+)` in the folder/.exec(report.reason ?? '')?.[1] ?? '';
  expect(named).toMatch(/^weights\/(prune-end|add-0000\d)\.safetensors$/);
  for (const { values } of host.files.get(named) ?? [])
    expect(values.every(Number.isFinite)).toBe(true);
});

describe('of a step that is not a number,', () => {
  const at = (step: number) => ({
    ...{ leg: pruneLeg, index: 2, step, anchor: Float32Array.of(3, 4) },
  });
  const found = { theta: new Float32Array(2), length: 1, outputChange: 1, objectiveValue: 1 };

  test('the stiffness is named where no step size was', () => {
    const broken = { ...found, length: Number.NaN };
    expect(() => checkStep(at(5), broken)).toThrow(/step 5 .*stiffness is 0\.0001.*smaller/);
  });

  test('neither solver nor steps are blamed before anything has moved', () => {
    const broken = { ...found, objectiveValue: Infinity };
    expect(() => checkStep(at(1), broken)).toThrow(/step 1 .*Nothing had moved yet.*normalize/);
  });

  test('a change of the outputs that overflows counts, and numbers pass', () => {
    expect(() => checkStep(at(2), { ...found, outputChange: Infinity })).toThrow(/step 2/);
    expect(() => checkStep(at(2), found)).not.toThrow();
  });
});
