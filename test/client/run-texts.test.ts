import { describe, expect, test } from 'vitest';
import {
  activityText,
  endText,
  statusItemText,
  statusItemTooltip,
} from '../../client/src/runs/run-texts';
import { emptyRunView, foldEvents } from '../../server/src/protocol/run-view';
import { summary, wholeRun } from '../webview/synthetic-run';
import { t } from './plain-words';

const EVENTS = wholeRun();
const walking = { summary: summary(), view: foldEvents(EVENTS.slice(0, 20)) };

describe('the status item', () => {
  test('is not there while nothing runs', () => {
    expect(statusItemText([], t)).toBeUndefined();
  });

  test('names the newest run and counts the others', () => {
    expect(statusItemText([walking], t)).toBe('calm-otter 37 % on wasm');
    expect(statusItemText([walking, walking, walking], t)).toBe(
      'calm-otter 37 % on wasm (and 2 more)',
    );
  });

  test('explains every run in its tooltip', () => {
    expect(statusItemTooltip([walking], t)).toContain(
      'learn-fashion-then-prune (calm-otter): Leg add-fashion: step 11 of 60, 37 %, on CPU',
    );
  });
});

test('a stopping run says what it still does', () => {
  const stopping = { ...walking, summary: summary({ status: 'stopping' }) };
  expect(activityText(stopping, t)).toBe('Stopping: finishes the step and saves');
});

test('a run that is being resumed is getting ready, not finished', () => {
  const starting = { summary: summary({ status: 'starting' }), view: foldEvents(EVENTS) };
  expect(activityText(starting, t)).toBe('Getting ready');
});

describe('the end of a run', () => {
  test('completed, with its expectations counted', () => {
    const text = endText(summary({ status: 'completed' }), foldEvents(EVENTS), t);
    expect(text).toEqual({
      failure: false,
      text: 'learn-fashion-then-prune (calm-otter) completed: 1 of 2 expectations hold.',
    });
  });

  test('failed before any event: the reason comes from the summary', () => {
    const failed = summary({ status: 'failed', reason: 'The data are gone.' });
    const { failure, text } = endText(failed, emptyRunView(), t);
    expect(failure).toBe(true);
    expect(text).toContain('failed. The data are gone.');
  });

  test('failed without any reason: points to the log', () => {
    const { text } = endText(summary({ status: 'failed' }), emptyRunView(), t);
    expect(text).toContain('The log says more.');
  });

  test('what the user killed is no failure', () => {
    const { failure, text } = endText(summary({ status: 'interrupted' }), emptyRunView(), t, true);
    expect(failure).toBe(false);
    expect(text).toContain('was killed');
  });

  test('stopped runs and interrupted runs say that they can be resumed', () => {
    expect(endText(summary({ status: 'stopped' }), emptyRunView(), t).text).toMatch(/resumed/);
    expect(endText(summary({ status: 'interrupted' }), emptyRunView(), t).text).toMatch(/Resume/);
  });
});
