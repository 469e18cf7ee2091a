import type { Metrics, Report, RunEvent } from '../../server/src/protocol/generated';
import type { RunSummary } from '../../server/src/protocol/messages';

type Bare<Event> = Event extends RunEvent ? Omit<Event, 'seq' | 'time'> : never;

/** Numbers events and dates them, as an engine's host does. */
export function stamp(events: readonly Bare<RunEvent>[], begin = '2026-03-02T09:00:00.000Z') {
  const start = Date.parse(begin);
  return events.map((event, seq) => ({
    seq,
    time: new Date(start + 500 * seq).toISOString(),
    ...event,
  }));
}

/** What a measurement in the run below gives. */
export function metrics(step: number, steps: number): Metrics {
  const done = step / steps;
  return {
    accuracy: { digits: 0.978 - 0.006 * done, fashion: 0.86 * done ** 0.5 },
    loss: { digits: 0.08, fashion: 2.3 - 1.8 * done },
    output_distance: { memory: 0.02 * done, held_out: 0.05 * done ** 1.5, digits: 0.05 * done },
    sparsity: 0.8 * Math.min(1, done * 1.2),
    weight_distance: 4 * done,
    arc_length: 5 * done,
    action: 0.001 * done,
    distance_to_target: 9 * (1 - done),
  };
}

const LEG = { leg: 'prune', objective: 'sparsify', steps: 40 };
const PROJECTED: Metrics = {
  ...metrics(40, 40),
  accuracy: { digits: 0.747, fashion: 0.1 },
  output_distance: { memory: 40.2, held_out: 42.5 },
  sparsity: 0.8,
};

/** A run of two legs: learn fashion, then prune. Ends well but for one expectation. */
export function wholeRun(run = 'calm-otter-1'): RunEvent[] {
  return stamp([
    runStarted(run),
    ...trainingEvents(),
    { event: 'start-ended', seconds: 12.4, metrics: { ...metrics(0, 1) } },
    ...learnLeg(),
    ...pruneLeg(),
    { event: 'run-ended', status: 'completed', report: report(run) },
  ]);
}

function runStarted(run: string): Bare<RunEvent> {
  return {
    event: 'run-started',
    run,
    name: 'learn-fashion-then-prune',
    seed: 7,
    backend: {
      name: 'wasm',
      device: 'CPU, SIMD, 4 threads',
      reason: 'The fastest backend that is available here; tensorflow is not installed.',
    },
    parameters: 266_610,
    epochs: 3,
    legs: [{ leg: 'add-fashion', objective: 'learn', steps: 60 }, LEG],
  };
}

function trainingEvents(): Bare<RunEvent>[] {
  return [0.1, 0.5, 0.9].map((fraction) => ({
    event: 'training',
    epoch: Math.ceil(3 * fraction),
    epochs: 3,
    fraction,
    loss: 1 - fraction,
  }));
}

function learnLeg(): Bare<RunEvent>[] {
  const steps = Array.from({ length: 60 }, (_, index) => index + 1);
  return [
    { event: 'leg-started', leg: 'add-fashion', objective: 'learn', steps: 60 },
    checkpoint('add-fashion', 0, 60, 0),
    ...steps.flatMap((step) => walked('add-fashion', step, 60, 2.4 * Math.exp(-step / 15) + 0.4)),
    {
      event: 'warning',
      leg: 'add-fashion',
      step: 43,
      code: 'fip/off-manifold',
      message: 'The outputs moved further than the metric foresaw. Make step_size smaller.',
      pointer: '/path/0/solver/step_size',
    },
    { event: 'leg-ended', report: legReport('add-fashion', 'learn', 60, metrics(60, 100)) },
  ];
}

function pruneLeg(): Bare<RunEvent>[] {
  const steps = Array.from({ length: 40 }, (_, index) => index + 1);
  return [
    { event: 'leg-started', ...LEG, projected: PROJECTED },
    checkpoint('prune', 0, 40, 60),
    ...steps.flatMap((step) => walked('prune', step, 40, 9 * (1 - step / 40), 60)),
    {
      event: 'leg-ended',
      report: { ...legReport('prune', 'sparsify', 40, metrics(100, 100)), projected: PROJECTED },
    },
  ];
}

function walked(
  leg: string,
  step: number,
  steps: number,
  value: number,
  from = 0,
): Bare<RunEvent>[] {
  const walk: Bare<RunEvent> = {
    event: 'step',
    leg,
    step,
    steps,
    length: 0.1,
    arc_length: 0.1 * step,
    action: 0.0001 * step,
    objective_value: value,
    iterations: 12,
    residual: 0.01,
  };
  return step % 5 === 0 ? [walk, checkpoint(leg, step, steps, from)] : [walk];
}

function checkpoint(leg: string, step: number, steps: number, from: number): Bare<RunEvent> {
  return { event: 'checkpoint', leg, step, steps, metrics: metrics(from + step, 100) };
}

function legReport(leg: string, objective: string, steps: number, end: Metrics) {
  return { leg, objective, status: 'completed' as const, steps, seconds: 21.3, end };
}

function report(run: string): Report {
  return {
    run,
    name: 'learn-fashion-then-prune',
    status: 'completed',
    backend: 'wasm',
    device: 'CPU, SIMD, 4 threads',
    seed: 7,
    started: '2026-03-02T09:00:00.000Z',
    seconds: 55,
    start: metrics(0, 1),
    legs: [],
    baselines: [],
    expectations: [
      {
        pointer: '/expect/0',
        metric: 'accuracy',
        on: 'digits',
        at: 'end',
        value: 0.972,
        passed: true,
        message: 'Accuracy on digits at the end is 97.2 %, at least 96 % as expected.',
      },
      {
        pointer: '/expect/1',
        metric: 'output_distance',
        on: 'held_out',
        at: 'end',
        value: 0.05,
        passed: false,
        message: 'Output distance on held-out data at the end is 0.05; at most 0.02 was expected.',
      },
    ],
  };
}

/** A summary of a run of the spec that the tests show. */
export function summary(overrides: Partial<RunSummary> = {}): RunSummary {
  return {
    run: 'calm-otter-1',
    nickname: 'calm-otter',
    name: 'learn-fashion-then-prune',
    uri: 'file:///project/learn.fip.yaml',
    folder: '/project/.fip/runs/calm-otter-1',
    status: 'running',
    started: '2026-03-02T09:00:00.000Z',
    experimentHash: 'aaaa',
    outcome: {},
    ...overrides,
  };
}
