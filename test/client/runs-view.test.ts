import { describe, expect, test } from 'vitest';
import { ago } from '../../client/src/runs-view/ago';
import { KnownRuns } from '../../client/src/runs-view/known-runs';
import { groupRuns } from '../../client/src/runs-view/run-groups';
import {
  runContext,
  runDescription,
  runIcon,
  runTooltip,
} from '../../client/src/runs-view/run-line';
import type { RunSummary } from '../../server/src/protocol/messages';
import { outcomeOf } from '../../server/src/protocol/run-outcome';
import { foldEvents } from '../../server/src/protocol/run-view';
import { summary, wholeRun } from '../webview/synthetic-run';
import { t } from './plain-words';

const EVENTS = wholeRun();
const soon = () => '2 min. ago';

describe('the line of a run', () => {
  const outcome = outcomeOf(foldEvents(EVENTS));

  test('tells what was measured, what held, how long it took, on what, and when', () => {
    const done = summary({ status: 'completed', outcome });
    expect(runDescription(done, undefined, soon, t)).toBe(
      'digits 97.2 % · fashion 86 % · 80 % sparse · 1 of 2 hold · 55 s · wasm · 2 min. ago',
    );
  });

  test('while it runs: how far it is and what it does', () => {
    const active = { summary: summary(), view: foldEvents(EVENTS.slice(0, 20)) };
    expect(runDescription(active.summary, active, soon, t)).toBe(
      '37 % · Leg add-fashion: step 11 of 60',
    );
  });

  test.each(['failed', 'stopped', 'interrupted'] as const)('%s is said in words', (status) => {
    expect(runDescription(summary({ status }), undefined, soon, t)).toBe(`${status} · 2 min. ago`);
  });

  test('a value that could not be measured is left out', () => {
    const nothing = summary({ status: 'completed', outcome: { accuracy: { digits: null } } });
    expect(runDescription(nothing, undefined, soon, t)).toBe('2 min. ago');
  });

  test('its icon tells a completed run with a failed expectation from a good one', () => {
    const icon = (expectations?: { passed: number; total: number }) =>
      runIcon(summary({ status: 'completed', outcome: expectations ? { expectations } : {} })).icon;
    expect(icon()).toBe('pass');
    expect(icon({ passed: 2, total: 2 })).toBe('pass');
    expect(icon({ passed: 1, total: 2 })).toBe('warning');
  });

  test('its menu offers what can be done', () => {
    expect(runContext(summary({ status: 'running' }))).toBe('run active');
    expect(runContext(summary({ status: 'interrupted' }))).toBe('run ended resumable');
    expect(runContext(summary({ status: 'completed' }))).toBe('run ended');
  });

  test('its tooltip has the reason, the nickname behind a name, and the folder', () => {
    const run = summary({ status: 'interrupted', reason: 'Its engine is gone.', label: 'good' });
    const lines = runTooltip(run, 'interrupted', t).split('\n');
    expect(lines).toEqual([
      'learn-fashion-then-prune: interrupted',
      'Its engine is gone.',
      'Nickname: calm-otter',
      run.folder,
    ]);
  });
});

test.each([
  ['2026-11-25T12:00:00Z', 'now'],
  ['2026-11-25T11:58:30Z', '1 min. ago'],
  ['2026-11-25T09:00:00Z', '3 hr. ago'],
  ['2026-11-24T11:00:00Z', 'yesterday'],
  ['2026-11-25T12:30:00Z', 'now'],
  ['no date', 'no date'],
])('%s was %s', (iso, words) => {
  expect(ago(iso, Date.parse('2026-11-25T12:00:20Z'), 'en').replace('20 sec. ago', 'now')).toBe(
    words,
  );
});

describe('the list', () => {
  const run = (id: string, uri: string, started: string): RunSummary =>
    summary({ run: id, uri, started, name: `${uri} at ${started}` });
  const runs = [run('a', 'one', '1'), run('b', 'two', '2'), run('c', 'one', '3')];

  test('has the experiment that ran last first, its newest run first, and its newest name', () => {
    const [first, second] = groupRuns(runs);
    expect(first).toMatchObject({ uri: 'one', name: 'one at 3' });
    expect(first?.runs.map(({ summary: { run: id } }) => id)).toEqual(['c', 'a']);
    expect(second).toMatchObject({ uri: 'two' });
  });

  test('follows what the server tells', async () => {
    let changes = 0;
    const known = new KnownRuns({ list: () => Promise.resolve(runs) }, () => changes++);
    await known.refresh();
    known.changed(run('d', 'two', '4'));
    known.deleted('a');
    known.deleted('unknown');
    expect([...known.all()].map(({ run: id }) => id)).toEqual(['b', 'c', 'd']);
    expect(changes).toBe(3);
  });
});
