import { describe, expect, test } from 'vitest';
import type { ToPanel } from '../../client/src/results/messages';
import { PanelHost } from '../../client/src/results/panel-host';
import { summary, wholeRun } from '../webview/synthetic-run';

const EVENTS = wholeRun();
const { uri, run } = summary();

interface World {
  runs?: ReturnType<typeof summary>[];
  hash?: () => Promise<string | null>;
  list?: () => Promise<never>;
  events?: () => Promise<never>;
}

function host(world: World = {}) {
  const posted: ToPanel[] = [];
  const acts: unknown[] = [];
  const port = {
    post: (message: ToPanel) => posted.push(message),
    act: (...values: unknown[]) => acts.push(values),
    reveal: (pointer: string) => acts.push(['reveal', pointer]),
    compareSpecs: (runs: [string, string]) => acts.push(['specs', ...runs]),
    exportWeights: (...values: unknown[]) => acts.push(['weights', ...values]),
    save: ({ name }: { name: string }) => acts.push(['save', name]),
    isTrusted: () => false,
  };
  const source = {
    list: world.list ?? (() => Promise.resolve(world.runs ?? [summary()])),
    events:
      world.events ??
      ((_: string, from: number) =>
        Promise.resolve({ summary: summary(), events: EVENTS.slice(from) })),
    rows: (runs: string[]) =>
      Promise.resolve(runs.map((one) => ({ run: one, parameters: {}, metrics: {} }))),
    experimentHash: world.hash ?? (() => Promise.resolve('aaaa')),
  };
  return { host: new PanelHost(uri, 'learn.fip.yaml', port, source), posted, acts };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the host of a panel', () => {
  test('sends nothing before the panel is ready, then the runs and the run to show', async () => {
    const { host: panel, posted } = host();
    panel.showRun(run);
    panel.runChanged(summary());
    panel.runStreamed({ run, events: EVENTS });
    expect(posted).toEqual([]);
    panel.receive({ type: 'ready' });
    await settled();
    expect(posted).toMatchObject([
      { type: 'runs', select: run, experimentHash: 'aaaa', trusted: false },
    ]);
  });

  test('sends the runs again when one that it knows is gone', async () => {
    const runs = [summary()];
    const { host: panel, posted } = host({ runs });
    panel.receive({ type: 'ready' });
    await settled();
    runs.length = 0;
    panel.runDeleted({ run: 'of another spec' });
    panel.runDeleted({ run });
    await settled();
    expect(posted).toHaveLength(2);
    expect(posted[1]).toMatchObject({ type: 'runs', runs: [] });
  });

  test('asks for a run to be selected only once', async () => {
    const { host: panel, posted } = host();
    panel.showRun(run);
    panel.receive({ type: 'ready' });
    await settled();
    panel.receive({ type: 'ready' });
    await settled();
    expect(posted[1]).not.toHaveProperty('select');
  });

  test('streams the selected run only, and nothing to a hidden panel', async () => {
    const { host: panel, posted } = host();
    panel.receive({ type: 'ready' });
    await settled();
    posted.length = 0;
    panel.runStreamed({ run, events: EVENTS });
    panel.receive({ type: 'select', run });
    panel.runStreamed({ run: 'another', events: EVENTS });
    expect(posted).toEqual([]);
    panel.runStreamed({ run, events: EVENTS.slice(0, 2) });
    expect(posted).toHaveLength(1);
    panel.hidden();
    panel.runStreamed({ run, events: EVENTS });
    panel.runChanged(summary({ status: 'completed' }));
    expect(posted).toHaveLength(1);
  });

  test('a known run changes in place; a new one brings the list again', async () => {
    const { host: panel, posted } = host();
    panel.receive({ type: 'ready' });
    await settled();
    panel.runChanged(summary({ status: 'stopped' }));
    expect(posted.at(-1)).toMatchObject({ type: 'summary', summary: { status: 'stopped' } });
    panel.runChanged(summary({ run: 'new' }));
    await settled();
    expect(posted.at(-1)).toMatchObject({ type: 'runs' });
    const before = posted.length;
    panel.runChanged(summary({ uri: 'file:///another.fip.yaml' }));
    expect(posted).toHaveLength(before);
  });

  test('answers a question with the events from there on', async () => {
    const { host: panel, posted } = host();
    panel.receive({ type: 'fetch', run, from: 60 });
    await settled();
    expect(posted.at(-1)).toEqual({ type: 'events', run, from: 60, events: EVENTS.slice(60) });
  });

  test('says what went wrong', async () => {
    const fails = () => Promise.reject(new Error('The disk is gone.'));
    const { host: panel, posted } = host({ list: fails, events: fails });
    panel.receive({ type: 'ready' });
    panel.receive({ type: 'fetch', run, from: 0 });
    await settled();
    expect(posted).toContainEqual({ type: 'problem', message: 'The disk is gone.' });
    expect(posted).toContainEqual({ type: 'problem', run, message: 'The disk is gone.' });
  });

  test('shows the runs also where nobody knows whether they are stale', async () => {
    const { host: panel, posted } = host({ hash: () => Promise.reject(new Error('busy')) });
    panel.receive({ type: 'ready' });
    await settled();
    expect(posted).toMatchObject([{ type: 'runs', experimentHash: null }]);
  });

  test('passes on what the user does', () => {
    const { host: panel, acts } = host();
    panel.receive({ type: 'action', action: 'stop', run });
    panel.receive({ type: 'reveal', pointer: '/expect/0' });
    expect(acts).toEqual([
      ['stop', run],
      ['reveal', '/expect/0'],
    ]);
  });
});
