/** Stop works within an iteration of whatever is measured, and the run goes on to the same end. */
import { describe, expect, test } from 'vitest';
import { runExperiment } from '../../server/src/engine/run-experiment';
import type { Baseline, Experiment, Leg, MeasureAttack } from '../../server/src/spec/experiment';
import { essence, RecordingHost } from './recording-host';
import { experiment, prune } from './whole-runs';

const attack: MeasureAttack = {
  ...{ on: 'digits', kinds: ['pgd', 'autopgd'], epsilon: 0.1, samples: 150, steps: 4 },
  ...{ step_size: 0.5, threats: ['white_box', 'transfer', 'transfer_independent'] },
};
const spread: Leg = {
  ...prune,
  leg: 'spread',
  objective: { type: 'diversify', members: 2, arc_length: 2 },
  solver: { ...prune.solver, type: 'geodesic', steps: 2 } as Leg['solver'],
};
const compare: Baseline[] = [{ type: 'independent_ensemble', epochs: 1 }];
const spectrum = { at: ['start', 'middle', 'end'], values: 5, samples: 30 } as const;

/** Runs, and stops at the n-th question; goes on from the last saved state. */
async function stoppedAt(spec: Experiment, n: number) {
  const host = new RecordingHost();
  host.stopWhen = () => host.polls === n;
  const report = await runExperiment(spec, host);
  expect(report.status).toBe('stopped');
  expect(host.polls).toBe(n);
  const rest = new RecordingHost();
  return { host, rest, end: await runExperiment(spec, rest, host.states.at(-1)) };
}

/** Numbers of the questions that came between two events. */
async function questions(spec: Experiment) {
  const host = new RecordingHost();
  const polls = new Map<string, number[]>();
  let last = 'begin';
  const emit = host.emit.bind(host);
  host.emit = (event) => {
    last = event.event;
    emit(event);
  };
  host.stopWhen = () => {
    polls.set(last, [...(polls.get(last) ?? []), host.polls]);
    return false;
  };
  const report = await runExperiment(spec, host);
  return { host, report, polls };
}

describe('stop', () => {
  test('within an iteration of an attack, at the start, at the end of a leg, and beside it', async () => {
    const spec = experiment([spread], { compare, measure: { attack, pca: false } });
    const { host: whole, report, polls } = await questions(spec);
    const during = polls.get('attack') ?? [];
    // Each attack asks 4 or 5 times; those on ensembles take two threats at the end of the leg and three beside it.
    expect(during.length).toBeGreaterThan(40);
    for (const n of [2, 12, 25, during.length - 3].map((i) => during[i] ?? 0)) {
      const { rest, end } = await stoppedAt(spec, n);
      expect(end.status).toBe('completed');
      expect(end.attacks).toEqual(report.attacks);
      const tail = essence(rest.events);
      expect(tail).toEqual(essence(whole.events).slice(-tail.length));
    }
  });

  test('takes up attacks after the last one that was finished', async () => {
    const spec = experiment([], { measure: { attack, pca: false } });
    const { polls } = await questions(spec);
    const { host, rest } = await stoppedAt(spec, polls.get('attack')?.[2] ?? 0);
    const told = ({ events }: RecordingHost) => events.filter(({ event }) => event === 'attack');
    expect([told(host).length, told(rest).length]).toEqual([1, 1]);
  });

  test('within a product of a spectrum, at its start, in its middle and at its end', async () => {
    const spec = experiment([prune], {
      measure: { spectrum: { ...spectrum, at: [...spectrum.at] }, pca: false },
    });
    const { host: whole, report, polls } = await questions(spec);
    const all = ['checkpoint', 'spectrum', 'step'].flatMap((event) => polls.get(event) ?? []);
    expect(all.length).toBeGreaterThan(300);
    const sorted = all.sort((a, b) => a - b);
    for (const share of [0.1, 0.5, 0.95]) {
      const { rest, end } = await stoppedAt(spec, sorted[Math.floor(share * all.length)] ?? 0);
      expect(end.status).toBe('completed');
      expect(end.spectra).toEqual(report.spectra);
      const tail = essence(rest.events);
      expect(tail).toEqual(essence(whole.events).slice(-tail.length));
    }
  });
});
