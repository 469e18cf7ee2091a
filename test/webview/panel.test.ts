import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RunsMessage, ToPanel } from '../../client/src/results/messages';
import type { RunEvent } from '../../server/src/protocol/generated';
import { hasBrowser, PanelBench, type PanelOptions, type TestPanel } from './panel-page';
import { stamp, summary, wholeRun } from './synthetic-run';
import { THEMES } from './themes';

const EVENTS = wholeRun();
const RUN = summary().run;

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

const streamed = (events: RunEvent[]): ToPanel => ({ type: 'events', run: RUN, events });
const answered = (events: RunEvent[]): ToPanel => ({ type: 'events', run: RUN, events, from: 0 });
const completed = runs({ runs: [summary({ status: 'completed' })] });

describe.runIf(hasBrowser())('the results panel in a browser', () => {
  let bench: PanelBench;
  let panel: TestPanel;

  beforeAll(async () => {
    bench = await PanelBench.open();
  });
  afterAll(() => bench.close());
  beforeEach(() => {
    panel = undefined as unknown as TestPanel;
  });

  /** Whatever a test does: no script failed, and the policy had nothing to refuse. */
  afterEach(async () => {
    expect(panel.errors).toEqual([]);
    expect(await panel.violations()).toEqual([]);
    await panel.close();
  });

  async function open(options: PanelOptions, ...messages: ToPanel[]): Promise<void> {
    panel = await bench.panel(options);
    await panel.send(...messages);
  }

  const eventually = (selector = 'main') => expect.poll(() => panel.text(selector));
  const curve = () =>
    panel.tab.getAttribute('[data-chart=accuracy] svg path[stroke-width="2"]', 'd');

  test('says that it is ready, then asks for the events of the newest run', async () => {
    await open({}, runs());
    await expect
      .poll(() => panel.posted())
      .toEqual([
        { type: 'ready' },
        { type: 'select', run: RUN },
        { type: 'fetch', run: RUN, from: 0 },
      ]);
    expect(await panel.kept()).toEqual({ uri: summary().uri, run: RUN, logDistance: false });
  });

  test('moves with the events', async () => {
    await open({}, runs(), answered(EVENTS.slice(0, 20)));
    await eventually().toContain('Leg add-fashion: step 11 of 60');
    const before = await curve();
    await panel.send(streamed(EVENTS.slice(20, 40)));
    await eventually().toContain('Leg add-fashion: step 28 of 60');
    expect(await curve()).not.toBe(before);
    expect(await panel.text('.percent')).toMatch(/^6[0-9]|[45][0-9]/);
  });

  test('fills a gap by asking, and leaves no hole', async () => {
    await open({}, runs(), answered(EVENTS.slice(0, 10)), streamed(EVENTS.slice(30)));
    await expect.poll(() => panel.posted()).toContainEqual({ type: 'fetch', run: RUN, from: 10 });
    await panel.send({ type: 'events', run: RUN, from: 10, events: EVENTS.slice(10) }, completed);
    await eventually('.badge').toContain('Completed, 1 expectation failed');
    await panel.tab.click('[data-chart=accuracy] summary');
    const rows = panel.tab.locator('[data-chart=accuracy] tbody tr');
    await expect.poll(() => rows.count()).toBe(22);
  });

  test('events out of order and events of other runs change nothing', async () => {
    await open({}, runs(), answered(EVENTS.slice(0, 20)));
    await eventually().toContain('step 11 of 60');
    await panel.send(
      streamed(EVENTS.slice(5, 9)),
      { type: 'events', run: 'another', events: EVENTS },
      { type: 'summary', summary: summary({ run: 'another', status: 'failed' }) },
    );
    await panel.tab.waitForTimeout(300);
    expect(await panel.text()).toContain('step 11 of 60');
  });

  test('names from files are text, never markup', async () => {
    const name = '<img src=x onerror="document.title=1"><b>x</b>';
    const hostile = JSON.parse(
      JSON.stringify(EVENTS)
        .replaceAll('digits', 'd<i>g')
        .replaceAll('prune', 'p&"<s>'.replaceAll('"', '\\"')),
    ) as RunEvent[];
    const list = runs({ runs: [summary({ name, nickname: name, status: 'completed' })] });
    await open({}, list, answered(hostile));
    await eventually('h1').toBe(name);
    await eventually().toContain('p&"<s>, end');
    await panel.tab.hover('[data-chart=accuracy] .picture', { position: { x: 250, y: 100 } });
    await eventually('.chart-tooltip').toContain('d<i>g');
    expect(await panel.tab.locator('main :is(img, b, i, s)').count()).toBe(0);
  });

  test('numbers that are not finite are dashes and gaps', async () => {
    const broken = JSON.parse(
      JSON.stringify(EVENTS, (_, value: unknown) =>
        typeof value === 'number' && value > 0 && value < 1 ? null : value,
      ),
    ) as RunEvent[];
    await open({}, completed, answered(broken));
    await eventually('.summary').toContain('–');
    expect(await panel.text()).not.toMatch(/NaN|null|undefined|Infinity/);
  });

  test('Stop shows at once, and Kill follows it', async () => {
    await open({}, runs(), answered(EVENTS.slice(0, 20)));
    await panel.tab.click('[data-action=stop]');
    await eventually('.badge').toBe('Stopping');
    expect(await panel.posted()).toContainEqual({ type: 'action', action: 'stop', run: RUN });
    expect(await panel.tab.evaluate(() => document.activeElement?.textContent)).toBe('Kill');
    await panel.tab.click('[data-action=kill]');
    expect(await panel.posted()).toContainEqual({ type: 'action', action: 'kill', run: RUN });
  });

  test('a double click does not run twice', async () => {
    await open({}, runs({ runs: [] }));
    await panel.tab.dblclick('[data-action=run]');
    const acts = (await panel.posted()).filter(({ type }) => type === 'action');
    expect(acts).toEqual([{ type: 'action', action: 'run' }]);
  });

  test('in Restricted Mode there is no way to run', async () => {
    await open({}, runs({ runs: [], trusted: false }));
    await eventually().toContain('Restricted Mode');
    expect(await panel.tab.locator('[data-action=run]').count()).toBe(0);
    await panel.tab.click('[data-action=manageTrust]');
    expect(await panel.posted()).toContainEqual({ type: 'action', action: 'manageTrust' });
  });

  test('the outcome leads back to the lines of the spec', async () => {
    await open({}, completed, answered(EVENTS));
    await panel.tab.getByRole('button', { name: 'Show /expect/1 in the spec' }).click();
    await panel.tab.getByRole('button', { name: 'Show /path/0/solver/step_size' }).click();
    const reveals = (await panel.posted()).filter(({ type }) => type === 'reveal');
    expect(reveals).toEqual([
      { type: 'reveal', pointer: '/expect/1' },
      { type: 'reveal', pointer: '/path/0/solver/step_size' },
    ]);
  });

  test('stale results say so and offer to run again', async () => {
    const stopped = [summary({ status: 'stopped' })];
    await open({}, runs({ runs: stopped, experimentHash: 'bbbb' }), answered(EVENTS.slice(0, 40)));
    await eventually('.stale').toContain('The spec has changed since this run');
  });

  test('another run can be chosen, and the choice outlives a reload', async () => {
    const older = summary({ run: 'older', nickname: 'brave-finch', status: 'stopped' });
    const list = runs({ runs: [summary(), older] });
    await open({}, list);
    await panel.tab.selectOption('select', 'older');
    await expect.poll(() => panel.kept()).toMatchObject({ run: 'older' });
    const kept = await panel.kept();
    await panel.close();
    await open({ state: kept! }, list);
    await expect.poll(() => panel.posted()).toContainEqual({ type: 'select', run: 'older' });
    expect(await panel.tab.inputValue('select')).toBe('older');
  });

  test('output distances can be drawn on a logarithmic scale, which is kept', async () => {
    await open({}, completed, answered(EVENTS));
    const axis = () => panel.tab.textContent('[data-chart=distance] .picture svg');
    const linear = await axis();
    await panel.tab.check('[data-chart=distance] input');
    await expect.poll(axis).not.toBe(linear);
    expect(await panel.kept()).toMatchObject({ logDistance: true });
  });

  test('curves can be hidden and shown by keyboard', async () => {
    await open({}, completed, answered(EVENTS));
    const paths = panel.tab.locator('[data-chart=accuracy] .picture path');
    const button = panel.tab.getByRole('button', { name: 'fashion', exact: true });
    await button.focus();
    const before = await paths.count();
    await panel.tab.keyboard.press('Enter');
    await expect.poll(() => paths.count()).toBeLessThan(before);
    expect(await button.getAttribute('aria-pressed')).toBe('false');
    expect(await panel.tab.evaluate(() => document.activeElement?.textContent)).toBe('fashion');
    await panel.tab.keyboard.press('Enter');
    await expect.poll(() => paths.count()).toBe(before);
  });

  test('a chart has a name in words, and a table that says the same', async () => {
    await open({}, completed, answered(EVENTS));
    const picture = panel.tab.getByRole('img', { name: /^Accuracy\. Share of right answers/ });
    expect(await picture.getAttribute('aria-label')).toContain('97.2\u202f% at step 100');
    await panel.tab.click('[data-chart=accuracy] summary');
    await eventually('[data-chart=accuracy] tbody').toContain('prune, step 40');
  });

  test('colours follow a change of the theme', async () => {
    await open({ theme: THEMES[0]! }, completed, answered(EVENTS));
    const stroke = () =>
      panel.tab.getAttribute('[data-chart=sparsity] path[stroke-width="2"]', 'stroke');
    const dark = await stroke();
    await panel.tab.evaluate(({ variables, bodyClass }) => {
      for (const [name, value] of Object.entries(variables))
        document.documentElement.style.setProperty(name, value);
      document.body.className = bodyClass;
    }, THEMES[1]!);
    await expect.poll(stroke).not.toBe(dark);
  });

  test('a run resumed from an earlier state shows what is left, and goes on', async () => {
    await open({}, runs(), answered(EVENTS.slice(0, 60)));
    await eventually().toContain('step 45 of 60');
    await panel.send(streamed(EVENTS.slice(0, 40)));
    await eventually().toContain('step 28 of 60');
    await panel.send(streamed(EVENTS.slice(40, 50)));
    await eventually().toContain('step 36 of 60');
  });

  test('a long run stays readable and quick to draw', async () => {
    const steps = Array.from({ length: 4000 }, (_, index) => index + 1);
    const long = stamp([
      {
        ...(EVENTS[0] as Extract<RunEvent, { event: 'run-started' }>),
        epochs: 0,
        legs: [{ leg: 'long', objective: 'learn', steps: 4000 }],
      },
      { event: 'leg-started', leg: 'long', objective: 'learn', steps: 4000 },
      ...steps.map((step) => ({
        event: 'step' as const,
        leg: 'long',
        step,
        steps: 4000,
        length: 0.1,
        arc_length: step / 10,
        action: 0,
        objective_value: 1 / step,
      })),
    ]);
    const renumbered = long.map((event, seq) => ({ ...event, seq }));
    await open({}, runs(), answered(renumbered));
    await panel.tab.waitForSelector('[data-chart=arc-length] path', { state: 'attached' });
    expect((await panel.tab.content()).length).toBeLessThan(1_000_000);
  });
});
