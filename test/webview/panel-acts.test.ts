import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RunsMessage, SaveMessage, ToPanel } from '../../client/src/results/messages';
import type { RunEvent } from '../../server/src/protocol/generated';
import { hasBrowser, PanelBench, type PanelOptions, type TestPanel } from './panel-page';
import { richRun } from './rich-run';
import { summary, wholeRun } from './synthetic-run';

const RUN = summary().run;
const done = summary({ status: 'completed' });
const other = summary({ run: 'brave-finch-0', nickname: 'brave-finch', status: 'completed' });

function runs(list = [done]): RunsMessage {
  return {
    type: 'runs',
    uri: done.uri,
    fileName: 'learn.fip.yaml',
    runs: list,
    experimentHash: 'aaaa',
    trusted: true,
  };
}

const answered = (events: RunEvent[], run = RUN): ToPanel => ({
  type: 'events',
  run,
  events,
  from: 0,
});

/** The run with weights at one of its checkpoints. */
const withFile = richRun().map((event) =>
  event.event === 'checkpoint' && event.leg === 'prune' && event.step === 20
    ? { ...event, file: 'weights/prune-20.safetensors' }
    : event,
);

describe.runIf(hasBrowser())('what can be done in the results panel', () => {
  let bench: PanelBench;
  let panel: TestPanel;

  beforeAll(async () => {
    bench = await PanelBench.open();
  });
  afterAll(() => bench.close());
  beforeEach(() => {
    panel = undefined as unknown as TestPanel;
  });

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

  async function saved(chart: string, button: string): Promise<SaveMessage> {
    await panel.tab.locator(`[data-chart="${chart}"] .save`).getByText(button).click();
    const files = (await panel.posted()).filter((message) => message.type === 'save');
    const last = files.at(-1);
    if (!last) throw new Error('Nothing was saved.');
    return last;
  }

  test('a chart is saved as a picture and as data', async () => {
    await open({}, runs(), answered(richRun()));
    const svg = await saved('accuracy', 'SVG');
    expect(svg).toMatchObject({ name: 'calm-otter-Accuracy', ending: 'svg', encoding: 'utf8' });
    // A page without the panel's policy, which forbids the styles in the picture.
    const reader = await panel.tab.context().newPage();
    const texts = await reader.evaluate((content) => {
      const parsed = new DOMParser().parseFromString(content, 'image/svg+xml');
      return [...parsed.querySelectorAll('parsererror, text')].map((one) => one.textContent);
    }, svg.content);
    expect(texts).toContain('Accuracy');
    expect(texts).toContain('digits, fine_tune');
    expect(texts).toContain('100\u202f%');
    expect(svg.content).not.toContain('color-mix');
    const png = Buffer.from((await saved('accuracy', 'PNG')).content, 'base64');
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1920, 1080]);
    const csv = (await saved('accuracy', 'CSV')).content.split('\r\n');
    expect(csv[0]).toBe('leg,step,digits,fashion');
    expect(csv[2]).toMatch(/^add-fashion,5,0\.97/);
    const json = JSON.parse((await saved('pca', 'JSON')).content) as Record<string, unknown>[];
    expect(json[0]).toMatchObject({ curve: 'add-fashion', point: 'start' });
  });

  test('a click on the plot shows the checkpoint there, with its way to the spec and its weights', async () => {
    await open({}, runs(), answered(withFile));
    const picture = panel.tab.locator('[data-chart=accuracy] .picture');
    const labels = picture.locator('svg text').filter({ hasText: /^80$/ });
    await labels.waitFor({ state: 'attached' });
    const label = await labels.evaluate((text) => text.getBoundingClientRect().toJSON() as DOMRect);
    await panel.tab.mouse.click(label.x + label.width / 2, label.y - 60);
    await eventually('.checkpoint').toContain('prune, step 20 of 40');
    await eventually('.checkpoint').toContain('accuracy on digits');
    await panel.tab.click('.checkpoint >> text=Export these weights');
    await panel.tab.click('.checkpoint >> text=Show in spec');
    expect((await panel.posted()).slice(-2)).toEqual([
      { type: 'export-weights', run: RUN, file: 'weights/prune-20.safetensors' },
      { type: 'reveal', pointer: '/path/1' },
    ]);
    await panel.tab.keyboard.press('Escape');
    await expect.poll(() => panel.tab.isVisible('.checkpoint')).toBe(false);
  });

  test('the keyboard finds the same through the table', async () => {
    await open({}, runs(), answered(withFile));
    await panel.tab.locator('[data-chart=pca] summary').press('Enter');
    const row = panel.tab.locator('[data-chart=pca] tbody button').nth(2);
    await row.press('Enter');
    await eventually('.checkpoint').toContain('add-fashion, step 15 of 60');
    await eventually('.checkpoint').toContain('Its weights were not written.');
  });

  test('the keyboard zooms a chart, and shows all of it again', async () => {
    await open({}, runs(), answered(wholeRun()));
    const chart = panel.tab.locator('[data-chart=accuracy]');
    const axis = async () => (await chart.locator('.picture svg text').allTextContents()).sort();
    await chart.locator('.picture svg text').first().waitFor({ state: 'attached' });
    const whole = await axis();
    await chart.locator('.picture').press('+');
    await expect.poll(axis).not.toEqual(whole);
    await chart.getByText('Show all').click();
    await expect.poll(axis).toEqual(whole);
    expect(await chart.getByText('Show all').isVisible()).toBe(false);
  });

  test('names and numbers that nobody expects are text, dashes and gaps everywhere', async () => {
    const hostile = JSON.parse(
      JSON.stringify(richRun(), (key, value: unknown) =>
        key !== 'fraction' && typeof value === 'number' && value > 0.9 && value < 1 ? null : value,
      )
        .replaceAll('fine_tune', '<img src=x>')
        .replaceAll('digits', '<b>d</b>'),
    ) as RunEvent[];
    await open({ width: 320 }, runs(), answered(hostile));
    await eventually().toContain('<img src=x>');
    await panel.tab.locator('section summary:has(h2)').press('Enter');
    expect(await panel.tab.locator('main :is(img, b)').count()).toBe(0);
    expect(await panel.text()).not.toMatch(/NaN|undefined|Infinity|null/);
    const width = await panel.tab.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(320);
  });

  test('runs are sorted, ticked and compared', async () => {
    const metrics = (digits: number) => ({ 'accuracy.digits': digits });
    await open({}, runs([done, other]), answered(wholeRun()), {
      type: 'rows',
      rows: [
        { run: RUN, parameters: { seed: 1 }, metrics: metrics(0.9) },
        { run: other.run, parameters: { seed: 2 }, metrics: metrics(0.95) },
      ],
    });
    const names = () => panel.tab.locator('.runs tbody th .link').allTextContents();
    await eventually('.runs').toContain('accuracy on digits');
    await panel.tab.locator('.runs .sort', { hasText: 'accuracy on digits' }).press('Enter');
    await expect.poll(names).toEqual(['brave-finch', 'calm-otter']);
    expect(await panel.tab.getAttribute('.runs th:has(.sort:focus)', 'aria-sort')).toBe(
      'descending',
    );
    for (const name of ['calm-otter', 'brave-finch'])
      await panel.tab.getByRole('checkbox', { name: `Compare ${name}` }).press('Space');
    await panel.send(answered(wholeRun(other.run), other.run));
    await eventually('.comparison').toContain('95.0\u202f% (+5.0)');
    await panel.tab.getByText('calm-otter ↔ brave-finch').click();
    expect((await panel.posted()).at(-1)).toEqual({
      type: 'compare-specs',
      runs: [RUN, other.run],
    });
    expect(await panel.kept()).toMatchObject({ compare: [RUN, other.run] });
    await panel.tab.getByText('End Comparison').click();
    await expect.poll(() => panel.tab.isVisible('.comparison')).toBe(false);
  });
});
