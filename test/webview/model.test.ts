import { describe, expect, test } from 'vitest';
import type { FromPanel, PanelState, RunsMessage } from '../../client/src/results/messages';
import type { ChartModel } from '../../client/webview/model/charts/chart-model';
import { chartWords } from '../../client/webview/model/charts/chart-sheet';
import { chartRows, placeWords } from '../../client/webview/model/charts/chart-words';
import { runCharts } from '../../client/webview/model/charts/run-charts';
import { shareAxis } from '../../client/webview/model/charts/share-axis';
import { duration, number, percent, points } from '../../client/webview/model/format';
import { PanelStore } from '../../client/webview/model/panel-store';
import { phaseOf } from '../../client/webview/model/run-phase';
import { RunLog } from '../../client/webview/model/run-log';
import { RunSteps } from '../../client/webview/model/run-steps';
import { summaryTable } from '../../client/webview/model/summary-table';
import { Announcer } from '../../client/webview/view/announcer';
import { emptyRunView, foldEvents } from '../../server/src/protocol/run-view';
import { t } from '../client/plain-words';
import { summary, wholeRun } from './synthetic-run';

const EVENTS = wholeRun();

function shown(count = EVENTS.length) {
  const steps = new RunSteps();
  for (const event of EVENTS.slice(0, count)) steps.add(event);
  const view = foldEvents(EVENTS.slice(0, count));
  return { summary: summary(), view, steps, log: new RunLog(t), stale: false };
}

function pathCharts(run = shown()): ChartModel[] {
  return runCharts(run, t).filter((chart) => chart.kind === 'path');
}

function runs(overrides: Partial<RunsMessage> = {}): RunsMessage {
  return {
    type: 'runs',
    uri: summary().uri,
    fileName: 'learn.fip.yaml',
    runs: [summary()],
    experimentHash: 'aaaa',
    trusted: true,
    ...overrides,
  };
}

function store(kept?: PanelState) {
  const posted: FromPanel[] = [];
  const states: PanelState[] = [];
  const panel = new PanelStore(
    (message) => posted.push(message),
    (state) => states.push(state),
    () => undefined,
    kept,
  );
  return { panel, posted, states };
}

describe('numbers for people', () => {
  test.each([
    [percent(0.97149), '97.1\u202f%'],
    [percent(null), '–'],
    [percent(undefined), '–'],
    [percent(NaN), '–'],
    [points(-0.0123), '−1.2'],
    [points(0.0004), '±0.0'],
    [points(0.02), '+2.0'],
    [number(0), '0'],
    [number(0.012345), '0.0123'],
    [number(12345.6), '12346'],
    [number(0.00012), '1.2e-4'],
    [number(3e7), '3.0e7'],
    [number(null), '–'],
    [duration(4.23), '4.2\u202fs'],
    [duration(59.6), '1 min 0 s'],
    [duration(125), '2 min 5 s'],
    [duration(4350), '1 h 12 min'],
    [duration(undefined), '–'],
  ])('%s', (text, expected) => {
    expect(text).toBe(expected);
  });
});

describe('an axis of shares', () => {
  test.each([
    [[0.972, 0.978], false, { min: 0.97, max: 0.98, interval: 0.01 }],
    [[0.4, 0.97], false, { min: 0.4, max: 1, interval: 0.2 }],
    [[0, 1], false, { min: 0, max: 1, interval: 0.2 }],
    [[0.5], false, { min: 0.5, max: 0.51, interval: 0.01 }],
    [[1], false, { min: 0.99, max: 1, interval: 0.01 }],
    [[0.1, 0.8], true, { min: 0, max: 0.8, interval: 0.2 }],
    [[], true, { min: 0, max: 0.01, interval: 0.01 }],
  ])('%j, from zero: %s', (values, fromZero, expected) => {
    const axis = shareAxis(values, fromZero);
    expect(axis).toEqual(expected);
  });
});

describe('the summary table', () => {
  test('has the start, the projection and the end of each leg', () => {
    const { columns, rows } = summaryTable(shown().view, t);
    expect(columns.map(({ label }) => label)).toEqual([
      'digits',
      'fashion',
      'Sparsity',
      'held out',
      'memory',
      'Path length',
      'Time',
    ]);
    expect(rows.map(({ label }) => label)).toEqual([
      'Start',
      'add-fashion, end',
      'prune, projected without a path',
      'prune, end',
    ]);
    expect(rows[2]?.aside).toBe(true);
    expect(rows[3]?.cells[0]).toEqual({ text: '97.2\u202f%', change: '−0.6' });
    expect(rows[0]?.cells[0]).toEqual({ text: '97.8\u202f%' });
  });

  test('follows the leg that is being walked', () => {
    const { rows } = summaryTable(shown(30).view, t);
    expect(rows.at(-1)?.label).toBe('add-fashion, step 15');
  });

  test('is empty before anything was measured, and stands a network without numbers', () => {
    expect(summaryTable(emptyRunView(), t).rows).toEqual([]);
    const start = { accuracy: { digits: null }, loss: {}, sparsity: null };
    const { rows } = summaryTable({ ...emptyRunView(), start }, t);
    expect(rows[0]?.cells.map(({ text }) => text)).toEqual(Array(6).fill('–'));
  });
});

describe('the charts', () => {
  test('lay the legs end to end', () => {
    const [accuracy, sparsity, distance, target, loss, length] = pathCharts();
    expect(accuracy?.legs).toEqual([
      { name: 'add-fashion', from: 0, to: 60 },
      { name: 'prune', from: 60, to: 100 },
    ]);
    expect(accuracy?.series[0]?.points.at(-1)?.[0]).toBe(100);
    expect(sparsity?.references).toMatchObject([{ name: 'target', value: 0.8, from: 60 }]);
    expect(distance?.mayBeLog).toBe(true);
    expect(target?.series[0]?.points[0]?.[0]).toBe(61);
    expect(loss?.series[0]?.points.at(-1)?.[0]).toBe(60);
    expect(length?.series[0]?.points.filter(([x]) => x === 60)).toEqual([
      [60, 6],
      [60, 0],
    ]);
  });

  test('compare with the start only what is kept', () => {
    const names = pathCharts()[0]?.references.map(({ name }) => name);
    expect(names).toContain('digits at the start');
    expect(names).not.toContain('fashion at the start');
    expect(names).toContain('digits, projected without a path');
  });

  test('are not there before the path begins', () => {
    expect(runCharts(shown(4), t)).toEqual([]);
  });

  test('leave gaps where a value is not finite', () => {
    const run = shown();
    const [leg] = run.view.legs;
    const gap = { ...leg!.checkpoints[3]!, metrics: { ...leg!.checkpoints[3]!.metrics } };
    gap.metrics.accuracy = { digits: null };
    const checkpoints = leg!.checkpoints.map((point, index) => (index === 3 ? gap : point));
    const legs = [{ ...leg!, checkpoints }, run.view.legs[1]!];
    const [accuracy] = pathCharts({ ...run, view: { ...run.view, legs } });
    expect(accuracy?.series[0]?.points[3]).toEqual([15, null]);
    expect(accuracy?.series[1]?.points).toHaveLength(accuracy!.series[0]!.points.length - 1);
  });

  test('say in words and as a table what they show', () => {
    const [accuracy] = pathCharts();
    expect(chartWords(accuracy!, t)).toContain(
      'digits: 97.8\u202f% at step 0, 97.2\u202f% at step 100.',
    );
    const rows = chartRows(accuracy!);
    const places = rows.map(({ x, again }) => placeWords(accuracy!, x, again, t));
    expect(places.slice(12, 15)).toEqual([
      'add-fashion, step 60',
      'prune, step 0',
      'prune, step 5',
    ]);
  });

  test('a resumed leg overwrites the steps that it walks again', () => {
    const steps = new RunSteps();
    const walked = EVENTS.filter(({ event }) => event === 'step');
    for (const event of walked.slice(0, 20)) steps.add(event);
    for (const event of walked.slice(14, 18)) steps.add(event);
    expect(steps.of('add-fashion').map(({ step }) => step)).toEqual(
      Array.from({ length: 18 }, (_, index) => index + 1),
    );
  });
});

describe('the state of the panel', () => {
  const phase = (message: RunsMessage, events = 0) => {
    const { panel } = store();
    panel.receive(message);
    panel.receive({ type: 'events', run: summary().run, from: 0, events: EVENTS.slice(0, events) });
    return phaseOf(panel, t);
  };
  const inState = (overrides: Parameters<typeof summary>[0], events = 20) =>
    phase(runs({ runs: [summary(overrides)] }), events);

  test('before the host has answered, and where it cannot', () => {
    const { panel } = store();
    expect(phaseOf(panel, t).kind).toBe('loading');
    panel.receive({ type: 'problem', message: 'gone' });
    expect(phaseOf(panel, t)).toMatchObject({ kind: 'problem', actions: ['retry', 'showLog'] });
  });

  test('without any run it says what to do', () => {
    expect(phase(runs({ runs: [] }))).toMatchObject({ kind: 'empty', actions: ['run'] });
  });

  test('in Restricted Mode it offers trust instead of running', () => {
    const empty = phase(runs({ runs: [], trusted: false }));
    expect(empty.actions).toEqual(['manageTrust']);
    expect(empty.advice).toMatch(/Restricted Mode/);
    const stopped = summary({ status: 'stopped' });
    const { actions, advice } = phase(runs({ runs: [stopped], trusted: false }));
    expect(actions).toEqual(['manageTrust']);
    expect(advice).toMatch(/stopped and saved.*Restricted Mode/);
  });

  test.each([
    ['starting', 'starting', ['stop']],
    ['running', 'walking', ['stop']],
    ['stopping', 'stopping', ['kill']],
    ['stopped', 'stopped', ['resume', 'run']],
    ['interrupted', 'interrupted', ['resume', 'run', 'showLog']],
    ['failed', 'failed', ['run', 'resume', 'showLog']],
  ] as const)('a run that is %s', (status, kind, actions) => {
    expect(inState({ status })).toMatchObject({ kind, actions });
  });

  test('training and starting are told apart from walking', () => {
    expect(inState({ status: 'running' }, 3).kind).toBe('training');
    expect(inState({ status: 'running' }, 0).kind).toBe('starting');
  });

  test('a completed run counts the expectations that failed', () => {
    expect(inState({ status: 'completed' }, EVENTS.length)).toMatchObject({
      badge: 'Completed, 1 expectation failed',
      tone: 'warn',
    });
    expect(inState({ status: 'completed' }).tone).toBe('good');
  });

  test('a failure gives its reason, and so does an interruption', () => {
    expect(inState({ status: 'failed', reason: 'No data.' }).advice).toBe('No data.');
    expect(inState({ status: 'interrupted', reason: 'Killed.' }).advice).toBe('Killed.');
    expect(inState({ status: 'interrupted' }).advice).toMatch(/Resume goes on/);
  });
});

describe('what the panel knows', () => {
  const older = summary({ run: 'older', status: 'completed' });

  test('shows the newest run, unless another was kept or asked for', () => {
    const fresh = store();
    fresh.panel.receive(runs({ runs: [summary(), older] }));
    expect(fresh.panel.shown?.summary.run).toBe(summary().run);
    const restored = store({ uri: summary().uri, run: 'older' });
    restored.panel.receive(runs({ runs: [summary(), older] }));
    expect(restored.panel.shown?.summary.run).toBe('older');
    restored.panel.receive(runs({ runs: [summary(), older], select: summary().run }));
    expect(restored.panel.shown?.summary.run).toBe(summary().run);
  });

  test('shows the newest run where the kept one is gone', () => {
    const { panel } = store({ uri: summary().uri, run: 'deleted' });
    panel.receive(runs());
    expect(panel.shown?.summary.run).toBe(summary().run);
  });

  test('asks for the events of the run that it shows, and keeps which that is', () => {
    const { panel, posted, states } = store();
    panel.receive(runs({ runs: [summary(), older] }));
    panel.select('older');
    expect(posted.filter(({ type }) => type !== 'ask-rows')).toEqual([
      { type: 'select', run: summary().run },
      { type: 'fetch', run: summary().run, from: 0 },
      { type: 'select', run: 'older' },
      { type: 'fetch', run: 'older', from: 0 },
    ]);
    expect(states.at(-1)).toEqual({ uri: summary().uri, run: 'older', logDistance: false });
  });

  test('a new list of runs does not disturb the run that is shown', () => {
    const { panel, posted } = store();
    panel.receive(runs());
    const before = posted.length;
    panel.receive(runs({ runs: [summary({ run: 'newer' }), summary()] }));
    expect(panel.shown?.summary.run).toBe(summary().run);
    expect(posted.slice(before).map(({ type }) => type)).toEqual(['ask-rows']);
  });

  test('takes no events of other runs', () => {
    const { panel } = store();
    panel.receive(runs());
    panel.receive({ type: 'events', run: 'older', events: EVENTS, from: 0 });
    expect(panel.shown?.view.nextSeq).toBe(0);
  });

  test('Stop shows at once, but only where something runs', () => {
    const { panel } = store();
    panel.receive(runs({ runs: [summary(), older] }));
    panel.markStopping(summary().run);
    panel.markStopping('older');
    panel.markStopping('nobody');
    expect(panel.runs?.runs.map(({ status }) => status)).toEqual(['stopping', 'completed']);
  });

  test('knows stale results, and does not guess where the spec has errors', () => {
    const { panel } = store();
    panel.receive(runs({ experimentHash: 'bbbb' }));
    expect(panel.shown?.stale).toBe(true);
    panel.receive(runs({ experimentHash: null }));
    expect(panel.shown?.stale).toBe(false);
  });

  test('a question that failed is said, and asked again with the next event', () => {
    const { panel, posted } = store();
    panel.receive(runs());
    panel.receive({ type: 'problem', run: summary().run, message: 'gone' });
    expect(panel.problem).toBe('gone');
    panel.receive({ type: 'events', run: summary().run, events: EVENTS.slice(7, 8) });
    expect(posted.filter(({ type }) => type === 'fetch')).toHaveLength(2);
  });
});

test('screen readers hear of a new state at once and of progress now and then', () => {
  const said: string[] = [];
  let now = 0;
  const announcer = new Announcer(
    (text) => said.push(text),
    () => now,
  );
  announcer.update('walking', 'step 1');
  announcer.update('walking', 'step 2');
  now = 20_000;
  announcer.update('walking', 'step 9');
  announcer.update('completed', 'Completed');
  now = 60_000;
  announcer.update('completed', 'Completed');
  expect(said).toEqual(['step 1', 'step 9', 'Completed']);
});
