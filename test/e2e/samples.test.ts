import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSession, pictured } from './harness/session';
import type { Session } from './harness/session';

let session: Session;

beforeAll(async () => {
  session = await openSession({ files: { 'notes.md': '# Nothing yet\n' } });
});

afterAll(() => session.end());

test('the walkthrough leads to a first path', () =>
  pictured(session, 'walkthrough', async () => {
    const { page, panel } = session.workbench;
    await session.workbench.run('Welcome: Open Walkthrough...', { asks: true });
    await session.workbench.pick('Your first path');
    const steps = page.locator('.getting-started-step');
    await steps.filter({ hasText: 'Start from a sample' }).waitFor();
    expect(await steps.allInnerTexts()).toHaveLength(6);
    await expect.poll(() => panel.text()).toContain('A spec says what a network should become');
  }));

test('New Experiment from Sample puts a sound spec into the folder and opens it', () =>
  pictured(session, 'sample', async () => {
    const { workbench } = session;
    await workbench.run('FIP Lab: New Experiment from Sample', { asks: true });
    await workbench.pick('sparsify-glyphs');
    await expect.poll(() => readdirSync(session.folder)).toContain('sparsify-glyphs.fip.yaml');
    await workbench.page.locator('.tab.active[data-resource-name$=".fip.yaml"]').waitFor();
    await workbench.editor.lenses.first().waitFor();
    expect(await workbench.editor.errors.count()).toBe(0);
  }));

test('the sample runs to its end and keeps its promises', () =>
  pictured(session, 'sample-finished', async () => {
    const { workbench } = session;
    await workbench.run('FIP Lab: Run Experiment');
    await expect.poll(() => workbench.panel.text(), { timeout: 170_000 }).toMatch(/completed/i);
    await expect
      .poll(() => workbench.editor.inlays())
      .toContainEqual(expect.stringContaining('80 %'));
    await workbench.editor.lenses.filter({ hasText: 'Run' }).first().waitFor();
    await workbench.notifications.saying(/./).first().waitFor({ state: 'hidden' });
    expect(await workbench.editor.errors.count()).toBe(0);
  }));
