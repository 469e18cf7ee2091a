import { describe, expect, test } from 'vitest';
import { RunTracker } from '../../client/src/runs/run-tracker';
import type { RunSummary } from '../../server/src/protocol/messages';
import { summary, wholeRun } from '../webview/synthetic-run';

const EVENTS = wholeRun();
const RUN = summary().run;

function source(runs: RunSummary[], known: () => number, fails = false) {
  return {
    list: () => Promise.resolve(runs),
    events: (_run: string, from: number) =>
      fails
        ? Promise.reject(new Error('no answer'))
        : Promise.resolve({ summary: summary(), events: EVENTS.slice(from, known()) }),
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('tracking runs', () => {
  test('finds the active ones after a reload, with their progress', async () => {
    const ended = summary({ run: 'old', status: 'completed' });
    const tracker = new RunTracker(source([summary(), ended], () => 30));
    await tracker.refresh();
    await settled();
    expect(tracker.active().map(({ summary: { run } }) => run)).toEqual([RUN]);
    expect(tracker.active()[0]?.view.nextSeq).toBe(30);
  });

  test('tells of the end once, and then forgets the run', async () => {
    const tracker = new RunTracker(source([], () => 0));
    const told: string[] = [];
    tracker.onChange((run) => told.push(`${run.summary.status} ${run.view.nextSeq}`));
    tracker.changed(summary());
    await settled();
    tracker.streamed({ run: RUN, events: EVENTS.slice(0, 5) });
    tracker.changed(summary({ status: 'completed' }));
    tracker.changed(summary({ status: 'completed' }));
    tracker.streamed({ run: RUN, events: EVENTS.slice(5, 8) });
    expect(told.at(-1)).toBe('completed 5');
    expect(told.filter((line) => line.startsWith('completed'))).toHaveLength(1);
    expect(tracker.active()).toEqual([]);
  });

  test('goes on without numbers where the server does not answer', async () => {
    const tracker = new RunTracker(source([summary()], () => 0, true));
    await tracker.refresh();
    await settled();
    expect(tracker.active()).toHaveLength(1);
    tracker.streamed({ run: RUN, events: EVENTS.slice(0, 3) });
    expect(tracker.active()[0]?.view.nextSeq).toBe(3);
  });

  test('events of a run that nobody announced change nothing', () => {
    const tracker = new RunTracker(source([], () => 0));
    tracker.streamed({ run: 'stranger', events: EVENTS.slice(0, 3) });
    expect(tracker.active()).toEqual([]);
  });

  test('a listener that was taken away hears nothing more', async () => {
    const tracker = new RunTracker(source([], () => 0));
    let heard = 0;
    tracker.onChange(() => heard++).dispose();
    tracker.changed(summary());
    await settled();
    expect(heard).toBe(0);
  });
});
