import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSession, pictured } from './harness/session';
import type { Session } from './harness/session';
import { goodSpec, legLine } from './harness/specs';

let session: Session;

beforeAll(async () => {
  session = await openSession({ files: { 'good.fip.yaml': goodSpec } });
});

afterAll(() => session.end());

test('the panel shows the outcome of a run', () =>
  pictured(session, 'results', async () => {
    const { workbench } = session;
    await workbench.open('good.fip.yaml');
    await workbench.run('FIP Lab: Run Experiment');
    await expect.poll(() => workbench.panel.text(), { timeout: 120_000 }).toMatch(/completed/i);
    const text = await workbench.panel.text();
    expect(text).toContain('tiny');
    expect(text).toMatch(/prune/);
    expect(text).toMatch(/sparsity/i);
    expect(await session.workbench.panel.curves()).toBeGreaterThan(0);
  }));

test('the spec carries the outcome on its own lines', () =>
  pictured(session, 'inlays', async () => {
    const { editor } = session.workbench;
    await expect.poll(() => editor.inlays()).not.toEqual([]);
    await expect
      .poll(() => editor.lenses.allInnerTexts())
      .toContainEqual(expect.stringMatching(/Run/));
    expect(await editor.lenses.allInnerTexts()).toContainEqual(
      expect.stringMatching(/Show Results/i),
    );
    expect(await editor.errors.count()).toBe(0);
  }));

test('the leg has a hover with its metrics', () =>
  pictured(session, 'hover-leg', async () => {
    const said = await session.workbench.editor.hover(legLine, 12);
    expect(said).toMatch(/accuracy/i);
    expect(said).toMatch(/sparsity/i);
    expect(said).toMatch(/\d/);
  }));

test('a link in the hover brings the results to the front', () =>
  pictured(session, 'hover-link', async () => {
    const { editor, page } = session.workbench;
    await editor.hover(legLine, 12);
    const link = page.locator('.monaco-hover:not(.hidden) a', { hasText: 'Show the results' });
    await link.first().click();
    const front = page.locator('.editor-group-container.active .tab.active');
    await expect.poll(() => front.innerText()).toContain('Results: good');
    await page.locator('.tab[data-resource-name="good.fip.yaml"]').click();
  }));

test('a reloaded window has the panel and the outcome again', () =>
  pictured(session, 'reloaded', async () => {
    const { workbench } = session;
    const before = await workbench.editor.inlays();
    await workbench.reload('fip.results');
    await workbench.editor.untilLoaded();
    await expect.poll(() => workbench.panel.text(), { timeout: 60_000 }).toMatch(/completed/i);
    await expect.poll(() => workbench.editor.inlays(), { timeout: 30_000 }).toEqual(before);
  }));

test('an edited spec says that its results are stale', () =>
  pictured(session, 'stale', async () => {
    const { workbench } = session;
    await workbench.editor.replaceLine(3, 'seed: 8');
    await expect.poll(() => workbench.panel.text()).toMatch(/stale|changed since/i);
    await workbench.editor.replaceLine(3, 'seed: 7');
    await expect.poll(() => workbench.panel.text()).not.toMatch(/stale|changed since/i);
  }));

test('the panel keeps to its content security policy and throws nothing', () => {
  const ours = /content security policy|refused to|results\.js/i;
  expect(session.complaints.filter((complaint) => ours.test(complaint))).toEqual([]);
});
