import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSession, pictured } from './harness/session';
import type { Session } from './harness/session';
import { longSpec } from './harness/specs';

let session: Session;

beforeAll(async () => {
  session = await openSession({ files: { 'long.fip.yaml': longSpec } });
});

afterAll(() => session.end());

test('a run from the palette shows its progress, and the panel moves with it', () =>
  pictured(session, 'running', async () => {
    const { workbench } = session;
    await workbench.open('long.fip.yaml');
    await workbench.run('FIP Lab: Run Experiment');
    await workbench.notifications
      .saying(/tiny \(/)
      .first()
      .waitFor();
    await expect.poll(() => workbench.panel.text()).toMatch(/step \d+ of/i);
    expect(await workbench.statusBar()).toMatch(/[a-z]+-[a-z]+ \d+ % on wasm/);
    const before = await workbench.panel.text();
    await expect.poll(() => workbench.panel.text()).not.toBe(before);
    expect(await workbench.panel.curves()).toBeGreaterThan(0);
  }));

test('Stop ends the run, and the panel says so', () =>
  pictured(session, 'stopped', async () => {
    const { workbench } = session;
    await workbench.run('FIP Lab: Stop');
    await expect.poll(() => workbench.panel.text(), { timeout: 60_000 }).toMatch(/stopped/i);
    await expect.poll(() => workbench.notifications.saying(/tiny \(/).count()).toBe(0);
    const before = await workbench.panel.text();
    await workbench.page.waitForTimeout(2000);
    expect(await workbench.panel.text()).toBe(before);
  }));
