import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSession, pictured } from './harness/session';
import type { Session } from './harness/session';
import { disappointedSpec, goodSpec } from './harness/specs';

let session: Session;

beforeAll(async () => {
  const files = { 'good.fip.yaml': goodSpec, 'other.fip.yaml': disappointedSpec };
  session = await openSession({ files });
});

afterAll(() => session.end());

/** Two words: what a run is called before anybody names it. */
const nickname = /^[a-z]+-[a-z]+/m;

test('before the first run it says what to do', () =>
  pictured(session, 'runs-nothing', async () => {
    const { runsView } = session.workbench;
    await runsView.open();
    await expect.poll(() => runsView.text()).toMatch(/has been run yet/);
    expect(await runsView.text()).toContain('New Experiment from Sample');
  }));

test('a run is listed under its experiment, live, and then with its outcome', () =>
  pictured(session, 'runs-outcome', async () => {
    const { workbench } = session;
    const { runsView } = workbench;
    await workbench.open('good.fip.yaml');
    await workbench.run('FIP Lab: Run Experiment');
    await expect.poll(() => runsView.text()).toMatch(/good\.fip\.yaml/);
    await expect
      .poll(() => runsView.text(), { timeout: 120_000 })
      .toMatch(/% sparse · 1 of 1 hold · .* s · wasm/);
    expect(await runsView.text()).toMatch(nickname);
  }));

test('a run with a failed expectation stands beside it, with another icon', () =>
  pictured(session, 'runs-two', async () => {
    const { workbench } = session;
    const { runsView } = workbench;
    await workbench.open('other.fip.yaml');
    await workbench.run('FIP Lab: Run Experiment');
    await expect.poll(() => runsView.text(), { timeout: 120_000 }).toMatch(/0 of 1 hold/);
    const icon = runsView.rows.filter({ hasText: '0 of 1 hold' }).locator('.codicon-warning');
    expect(await icon.count()).toBe(1);
  }));

test('a run can be renamed', () =>
  pictured(session, 'runs-renamed', async () => {
    const { runsView, page } = session.workbench;
    await runsView.choose('1 of 1 hold', 'Rename Run');
    await page.locator('.quick-input-widget input').first().fill('the good one');
    await page.keyboard.press('Enter');
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    await expect.poll(() => runsView.text()).toContain('the good one');
  }));

test('the spec as it was can be compared with what it is now', () =>
  pictured(session, 'runs-diff', async () => {
    const { workbench } = session;
    const { runsView, page } = workbench;
    await workbench.open('good.fip.yaml');
    await workbench.editor.replaceLine(3, 'seed: 9');
    await runsView.choose('the good one', 'Compare Spec with This Run');
    await page.locator('.tab.active', { hasText: 'Spec of the good one' }).waitFor();
    await page.locator('.diff-editor, .monaco-diff-editor').first().waitFor();
    await expect
      .poll(() => page.locator('.monaco-diff-editor').innerText())
      .toMatch(/seed:\s7[\s\S]*seed:\s9/);
  }));

test('a run is deleted once the question is answered', () =>
  pictured(session, 'runs-deleted', async () => {
    const { runsView, dialog } = session.workbench;
    await runsView.choose('the good one', 'Delete Run');
    expect(await dialog.text()).toMatch(/Delete tiny \(the good one\)\?[\s\S]*cannot be undone/);
    await dialog.answer('Delete');
    await expect.poll(() => runsView.text()).not.toContain('the good one');
    expect(await runsView.text()).toContain('other.fip.yaml');
  }));
