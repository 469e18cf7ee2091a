import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ToPanel } from '../../client/src/results/messages';
import { PanelStore } from '../../client/webview/model/panel-store';
import { runCharts } from '../../client/webview/model/charts/run-charts';
import type { RunEvent } from '../../server/src/protocol/generated';
import { t } from '../client/plain-words';
import { hasBrowser, PanelBench } from './panel-page';
import { metrics, stamp, summary, wholeRun } from './synthetic-run';

const COUNT = 100_000;
const STEPS = 90_000;

/** A run of 100,000 events: one in ten is a checkpoint. */
export function longRun(): RunEvent[] {
  const [first] = wholeRun();
  if (first?.event !== 'run-started') throw new Error('The run has no beginning.');
  const { seq: _seq, time: _time, ...begin } = first;
  const leg = { leg: 'long', objective: 'learn', steps: STEPS };
  const walked = Array.from({ length: STEPS }, (_, index) => {
    const step = index + 1;
    const walk = {
      event: 'step' as const,
      leg: 'long',
      step,
      steps: STEPS,
      length: 0.1,
      arc_length: step / 10,
      action: 0,
      objective_value: 1 / step + 0.1 * Math.sin(step),
    };
    const measured = { ...metrics(step, STEPS), sparsity: 0 };
    const point = {
      event: 'checkpoint' as const,
      leg: 'long',
      step,
      steps: STEPS,
      metrics: measured,
    };
    return step % 9 === 0 ? [walk, point] : [walk];
  }).flat();
  const events = stamp([
    { ...begin, epochs: 0, legs: [leg] },
    { event: 'leg-started', ...leg },
    ...walked,
  ]);
  return events.slice(0, COUNT);
}

const EVENTS = longRun();
const list: ToPanel = {
  type: 'runs',
  uri: summary().uri,
  fileName: 'learn.fip.yaml',
  runs: [summary()],
  experimentHash: 'aaaa',
  trusted: true,
};
const all: ToPanel = { type: 'events', run: summary().run, from: 0, events: EVENTS };

test('a store folds 100,000 events and keeps every step and checkpoint', () => {
  const store = new PanelStore(
    () => undefined,
    () => undefined,
    () => undefined,
  );
  store.receive(list);
  store.receive(all);
  const shown = store.shown;
  expect(shown?.view.nextSeq).toBe(COUNT);
  expect(shown?.steps.of('long')).toHaveLength(STEPS - 1);
  expect(shown?.view.legs[0]?.checkpoints).toHaveLength(COUNT - STEPS - 1);
  const charts = shown ? runCharts(shown, t) : [];
  expect(charts.map(({ id }) => id)).toContain('learn');
});

describe.runIf(hasBrowser())('a run of 100,000 events in a browser', () => {
  let bench: PanelBench;
  beforeAll(async () => {
    bench = await PanelBench.open();
  });
  afterAll(() => bench.close());

  test('opens with few elements, and takes more events', async () => {
    const panel = await bench.panel();
    const began = Date.now();
    await panel.tab.evaluate(
      ([runs, events]) => {
        const view = window as unknown as Record<string, number>;
        view['began'] = performance.now();
        window.postMessage(runs, '*');
        window.postMessage(events, '*');
        const watch = () => {
          if (document.querySelector('[data-chart=learn] svg path[stroke-width="2"]'))
            view['drawn'] = performance.now();
          else requestAnimationFrame(watch);
        };
        watch();
      },
      [list, all] as const,
    );
    await panel.tab.waitForFunction(() => 'drawn' in window);
    expect(panel.errors).toEqual([]);
    const opened = await panel.tab.evaluate(() => {
      const view = window as unknown as Record<string, number>;
      return (view['drawn'] ?? 0) - (view['began'] ?? 0);
    });
    // Said, not judged: how long it takes depends on what else this machine does.
    console.info(
      `100,000 events: drawn ${opened.toFixed(0)} ms after they came (${Date.now() - began} ms in all)`,
    );
    expect((await panel.tab.content()).length).toBeLessThan(1_000_000);
    await panel.close();
  });
});
