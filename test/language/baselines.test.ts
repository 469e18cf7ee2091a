/** Baselines in a spec: what completion offers, what hovers and hints tell, and what views and progress make of them. */
import { describe, expect, test } from 'vitest';
import { phaseOf } from '../../client/webview/model/run-phase';
import { summaryTable } from '../../client/webview/model/summary-table';
import { completion } from '../../server/src/language/completion';
import { hover } from '../../server/src/language/hover';
import { inlayHints } from '../../server/src/language/inlay-hints';
import type { LatestRun } from '../../server/src/language/latest-run';
import type { RunEvent } from '../../server/src/protocol/generated';
import { describeActivity, runProgress } from '../../server/src/protocol/run-progress';
import { foldEvents } from '../../server/src/protocol/run-view';
import { parseSpec } from '../../server/src/spec/parse';
import { currentProgress } from '../../server/src/cli/progress-line';
import { t } from '../client/plain-words';
import { PanelStore } from '../../client/webview/model/panel-store';
import { atCursor, check, latest, metrics, runEvents, uri, validSpec } from './kit';

const spec = `${validSpec}compare: [magnitude_pruning, {type: lottery_ticket, rounds: 2}]\n`;
const leg = 'prune';

type Unnumbered = RunEvent extends infer Event
  ? Event extends RunEvent
    ? Omit<Event, 'seq' | 'time'>
    : never
  : never;

const plan = [
  { baseline: 'magnitude_pruning', leg, steps: 10 },
  { baseline: 'lottery_ticket', leg, steps: 20 },
];
const report = {
  baseline: 'magnitude_pruning',
  leg,
  steps: 10,
  seconds: 2,
  end: metrics(0.8, 0.8),
};

/** A whole run up to its end, and then so many events of the baselines. */
function withBaselines(count: number): RunEvent[] {
  const path = runEvents('completed')
    .filter(({ event }) => event !== 'run-ended')
    .map((event) => (event.event === 'run-started' ? { ...event, baselines: plan } : event));
  const beside: Unnumbered[] = [
    { event: 'baseline-started', ...plan[0]! },
    { event: 'baseline-progress', ...plan[0]!, step: 5, loss: 1 },
    { event: 'baseline-ended', baseline: 'magnitude_pruning', leg, report },
    { event: 'baseline-started', ...plan[1]! },
    { event: 'baseline-progress', ...plan[1]!, step: 4, loss: null },
    { event: 'baseline-ended', baseline: 'lottery_ticket', leg },
  ];
  return [...path, ...beside.slice(0, count)].map((event, seq) => ({
    time: '2026-01-01T00:00:00.000Z',
    ...event,
    seq,
  }));
}

const running = (count: number): LatestRun => ({
  ...latest('walking'),
  view: foldEvents(withBaselines(count)),
});

const labels = (marked: string) => {
  const { text, offset } = atCursor(marked);
  return completion(parseSpec(text, uri), offset).map(({ label }) => label);
};

describe('completion', () => {
  test('offers names in the list, variants in a mapping, and the options of a variant', () => {
    expect(labels(`${validSpec}compare: [<|>]`)).toContain('experience_replay');
    expect(labels(`${validSpec}compare: [{type: <|>}]`)).toContain('lottery_ticket');
    expect(labels(`${validSpec}compare: [{type: ewc, <|>}]`)).toEqual(
      expect.arrayContaining(['weight', 'fisher_samples', 'optimizer', 'steps', 'name']),
    );
  });
});

describe('hover', () => {
  const textAt = async (marked: string, run?: LatestRun) => {
    const { text, offset } = atCursor(marked);
    const found = hover(await check(text), offset, run);
    return (found?.contents as { value: string } | undefined)?.value ?? '';
  };

  test('explains a baseline by its name, as a type, and its options', async () => {
    expect(await textAt(spec.replace('[magn', '[ma<|>gn'))).toContain(
      'Zeroes the smallest weights',
    );
    expect(await textAt(spec.replace('lottery', 'lot<|>tery'))).toContain('Frankle and Carbin');
    expect(await textAt(spec.replace('rounds', 'rou<|>nds'))).toContain('default `5`');
  });

  test('tells what the latest run measured, beside the path', async () => {
    const text = await textAt(spec.replace('[magn', '[ma<|>gn'), running(3));
    expect(text).toContain('beside `prune` · completed · 10 of 10 steps in 2 s');
    expect(text).toContain('| | prune, the path | prune, magnitude_pruning |');
    expect(text).toContain('| accuracy, glyphs | 87 % | 80 % |');
    expect(await textAt(spec.replace('lottery', 'lot<|>tery'), running(5))).toContain('4 of 20');
  });
});

test('hints stand behind each baseline that has begun', async () => {
  const hints = async (count: number) =>
    inlayHints(await check(spec), running(count))
      .filter(({ position }) => position.line === 15)
      .map(({ label }) => label);
  expect(await hints(0)).toEqual([]);
  expect(await hints(5)).toEqual(['80 % · 80 % sparse · Δout 0.031', 'step 4/20']);
  expect((await hints(6))[1]).toBe('failed');
});

test('progress counts the steps of path and baselines alike, and goes on after a failure', () => {
  const fraction = (count: number) => runProgress(foldEvents(withBaselines(count))).fraction;
  expect(fraction(0)).toBeCloseTo(0.3 + 0.7 * (10 / 40));
  expect(fraction(2)).toBeCloseTo(0.3 + 0.7 * (15 / 40));
  expect(fraction(5)).toBeCloseTo(0.3 + 0.7 * (24 / 40));
  expect(fraction(6)).toBeCloseTo(1);
  const { activity } = runProgress(foldEvents(withBaselines(2)));
  expect(describeActivity(activity, t)).toBe(
    'Baseline magnitude_pruning beside prune: step 5 of 10',
  );
  expect(currentProgress(foldEvents(withBaselines(5)))).toMatchObject({
    phase: 'lottery_ticket',
    note: 'step 4/20  beside prune',
  });
});

test('the panel has a row for each baseline that has ended, while the run goes on', () => {
  const view = foldEvents(withBaselines(5));
  const aside = summaryTable(view, t).rows.filter((row) => row.aside);
  expect(aside.map(({ label }) => label)).toEqual([
    'prune, projected without a path',
    'prune, baseline magnitude_pruning',
  ]);
  expect(aside[1]?.cells[0]).toMatchObject({ text: '80.0\u202f%', change: '−17.0' });
  const panel = new PanelStore(
    () => undefined,
    () => undefined,
    () => undefined,
  );
  const { summary } = latest('walking');
  panel.receive({
    ...{ type: 'runs', uri, fileName: 'spec', runs: [summary], experimentHash: '', trusted: true },
  });
  panel.receive({ type: 'events', run: summary.run, events: withBaselines(5), from: 0 });
  expect(phaseOf(panel, t).badge).toBe('Running the baselines');
});
