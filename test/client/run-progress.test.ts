import { describe, expect, test } from 'vitest';
import { describeActivity, runProgress } from '../../server/src/protocol/run-progress';
import { emptyRunView, foldEvents } from '../../server/src/protocol/run-view';
import { wholeRun } from '../webview/synthetic-run';
import { t } from './plain-words';

const EVENTS = wholeRun();
const after = (count: number) => runProgress(foldEvents(EVENTS.slice(0, count)));
const words = (count: number) => describeActivity(after(count).activity, t);

describe('the progress of a run', () => {
  test('before the first event', () => {
    expect(runProgress(emptyRunView())).toEqual({ activity: { kind: 'starting' }, fraction: 0 });
  });

  test('in training', () => {
    expect(words(3)).toBe('Training: epoch 2 of 3');
    expect(after(3).fraction).toBeCloseTo(0.15);
  });

  test('on the path, and between two legs', () => {
    expect(words(20)).toBe('Leg add-fashion: step 11 of 60');
    const between = EVENTS.findIndex(({ event }) => event === 'leg-ended') + 1;
    expect(words(between)).toBe('Leg prune: step 0 of 40');
  });

  test('without a path: training is all but the end, then something is measured', () => {
    const start = { ...EVENTS[0], legs: [] } as (typeof EVENTS)[number];
    const trained = EVENTS.findIndex(({ event }) => event === 'start-ended') + 1;
    const alone = [start, ...EVENTS.slice(1, trained)];
    expect(runProgress(foldEvents(alone.slice(0, 3))).fraction).toBeCloseTo(0.5);
    const { activity, fraction } = runProgress(foldEvents(alone));
    expect(describeActivity(activity, t)).toBe('Measuring');
    expect(fraction).toBe(1);
  });

  test('never goes back, and ends at 1', () => {
    const fractions = EVENTS.map((_, index) => after(index + 1).fraction);
    const sorted = [...fractions].sort((a, b) => a - b);
    expect(fractions).toEqual(sorted);
    expect(fractions.at(-1)).toBe(1);
    expect(words(EVENTS.length)).toBe('Finished');
  });

  test('a stopped run keeps the place where it stopped', () => {
    const stopped = foldEvents(EVENTS.slice(0, 40));
    const { fraction } = runProgress({ ...stopped, phase: 'ended', status: 'stopped' });
    expect(fraction).toBeGreaterThan(0.3);
    expect(fraction).toBeLessThan(1);
  });
});
