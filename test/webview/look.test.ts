import { mkdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunsMessage, ToPanel } from '../../client/src/results/messages';
import type { RunRow, RunSummary } from '../../server/src/protocol/messages';
import { hasBrowser, PanelBench } from './panel-page';
import { richRun } from './rich-run';
import { summary, wholeRun } from './synthetic-run';
import { THEMES } from './themes';

const FOLDER = 'test-artifacts/webview';

function runs(list: RunSummary[], overrides: Partial<RunsMessage> = {}): RunsMessage {
  return {
    type: 'runs',
    uri: 'file:///project/learn.fip.yaml',
    fileName: 'learn.fip.yaml',
    runs: list,
    experimentHash: 'aaaa',
    trusted: true,
    ...overrides,
  };
}

const older = summary({
  run: 'brave-finch-0',
  nickname: 'brave-finch',
  status: 'stopped',
  started: '2026-03-01T17:20:00.000Z',
});

function events(count: number): ToPanel {
  return { type: 'events', run: 'calm-otter-1', from: 0, events: wholeRun().slice(0, count) };
}

const rich: ToPanel[] = [
  runs([summary({ status: 'completed' }), older]),
  { type: 'events', run: 'calm-otter-1', from: 0, events: richRun() },
];

const third = summary({ run: 'wise-newt-2', nickname: 'wise-newt', status: 'failed' });
const comparison: ToPanel[] = [
  runs([summary({ status: 'completed' }), older, third]),
  { type: 'rows', rows: [row('calm-otter-1', 50, 0.972), row('brave-finch-0', 500, 0.981)] },
  events(999),
  { type: 'compare', runs: [summary({ status: 'completed' }), older] },
  ...['calm-otter-1', 'brave-finch-0'].map((run): ToPanel => ({
    type: 'events',
    run,
    from: 0,
    events: wholeRun(run),
  })),
];

function row(run: string, memory: number, digits: number): RunRow {
  const parameters = { 'path.0.keep.memory': memory, 'path.0.solver.type': run.slice(0, 4) };
  const metrics = {
    'accuracy.digits': digits,
    'accuracy.fashion': 0.86,
    sparsity: 0.8,
    seconds: 55,
  };
  return { run, parameters, metrics };
}

const SCENES: Record<string, ToPanel[]> = {
  comparison,
  finished: [runs([summary({ status: 'completed' }), older]), events(999)],
  running: [runs([summary(), older]), events(98)],
  training: [runs([summary()]), events(3)],
  empty: [runs([])],
  untrusted: [runs([], { trusted: false })],
  problem: [{ type: 'problem', message: 'The language server ended.' }],
  stopping: [runs([summary({ status: 'stopping' })]), events(60)],
  interrupted: [
    runs([
      summary({
        status: 'interrupted',
        reason: 'The engine was killed by the system (out of memory).',
      }),
    ]),
    events(60),
  ],
  stale: [runs([summary({ status: 'completed' })], { experimentHash: 'bbbb' }), events(999)],
};

describe.runIf(hasBrowser())('the look of the panel', () => {
  let bench: PanelBench;
  beforeAll(async () => {
    mkdirSync(FOLDER, { recursive: true });
    bench = await PanelBench.open();
  });
  afterAll(() => bench.close());

  test.each(THEMES)('a finished run in the theme $name', async (theme) => {
    const panel = await bench.panel({ theme });
    await panel.send(...SCENES['finished']!);
    await panel.tab.waitForSelector('.picture svg path', { state: 'attached' });
    await panel.tab.screenshot({ path: `${FOLDER}/finished-${theme.name}.png`, fullPage: true });
    expect(await panel.violations()).toEqual([]);
    expect(panel.errors).toEqual([]);
    await panel.close();
  });

  test.each(THEMES)('everything that can be measured, in the theme $name', async (theme) => {
    const panel = await bench.panel({ theme });
    await panel.send(...rich);
    await panel.tab.waitForSelector('[data-chart=pca] svg path', { state: 'attached' });
    await panel.tab.click('summary:has(h2)');
    await panel.tab.screenshot({ path: `${FOLDER}/rich-${theme.name}.png`, fullPage: true });
    expect(await panel.violations()).toEqual([]);
    expect(panel.errors).toEqual([]);
    await panel.close();
  });

  test.each(Object.keys(SCENES))('the state %s', async (name) => {
    const panel = await bench.panel({ width: 760, height: 900 });
    await panel.send(...SCENES[name]!);
    await panel.tab.waitForTimeout(400);
    await panel.tab.screenshot({ path: `${FOLDER}/state-${name}.png`, fullPage: true });
    expect(panel.errors).toEqual([]);
    await panel.close();
  });

  test('a narrow panel does not scroll sideways', async () => {
    const panel = await bench.panel({ width: 320, height: 1200 });
    await panel.send(...SCENES['finished']!);
    await panel.tab.waitForSelector('.picture svg path', { state: 'attached' });
    await panel.tab.screenshot({ path: `${FOLDER}/narrow.png`, fullPage: true });
    const width = await panel.tab.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(320);
    await panel.close();
  });
});
