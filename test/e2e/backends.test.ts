/** Native backends for someone who has the VSIX and a Node.js, and no checkout. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { offerSoftwareVulkan } from '../engine/software-vulkan';
import { screenshot } from './harness/screenshot';
import { openSession, pictured } from './harness/session';
import type { Session } from './harness/session';
import { gpuSpec } from './harness/specs';

let session: Session;

beforeAll(async () => {
  offerSoftwareVulkan();
  session = await openSession({ files: { 'gpu.fip.yaml': gpuSpec } });
});

afterAll(() => session.end());

/** The reports of the runs so far, oldest first. */
function reports(): { backend: string; status: string; reason?: string }[] {
  const runs = join(session.folder, '.fip/runs');
  if (!existsSync(runs)) return [];
  const files = readdirSync(runs)
    .sort()
    .map((name) => join(runs, name, 'report.json'));
  return files
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, 'utf8')));
}

test('Install Backend says what is fetched, asks, installs and tests it', () =>
  pictured(session, 'backend-installed', async () => {
    const { workbench } = session;
    await workbench.run('FIP Lab: Install Backend', { asks: true });
    const row = workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: /webgpu/ });
    await row.filter({ hasText: 'It is not installed.' }).waitFor();
    await screenshot(workbench.page, 'backend-list');
    await workbench.pick(/webgpu/);
    const question = await workbench.dialog.text();
    expect(question).toMatch(/Dawn.* by npm \(about \d+ MB\)/);
    expect(question).toMatch(/on disk: about \d+ MB/);
    expect(question).toContain(join('User', 'globalStorage', 'fip-lab.fip-lab'));
    await screenshot(workbench.page, 'backend-question');
    await workbench.dialog.answer('Install');
    const { notifications } = workbench;
    await notifications.saying('Installing webgpu').waitFor();
    await notifications
      .saying(/webgpu is installed and works, on GPU .* emulated on the CPU/)
      .waitFor({ timeout: 150_000 });
  }));

test('the Doctor tells on a page what works and what to do for the rest', () =>
  pictured(session, 'doctor', async () => {
    const { workbench } = session;
    await workbench.run('FIP Lab: Doctor');
    await workbench.page.locator('.tab.active', { hasText: /Doctor/ }).waitFor({ timeout: 60_000 });
    const text = () => workbench.panel.text();
    await expect.poll(text, { timeout: 60_000 }).toMatch(/backend: auto takes \w+, on/);
    expect(await text()).toMatch(/webgpu\s+✓\sworks\s+GPU .*\(emulated\)/);
    expect(await text()).toContain('Data files are looked up beside each spec');
  }));

test('a run computes on it', () =>
  pictured(session, 'backend-run', async () => {
    const { workbench } = session;
    await workbench.open('gpu.fip.yaml');
    await workbench.run('FIP Lab: Run Experiment');
    await expect.poll(reports, { timeout: 150_000 }).toHaveLength(1);
    expect(reports()[0]).toMatchObject({ backend: 'webgpu', status: 'completed' });
    await expect.poll(() => workbench.panel.text()).toMatch(/completed/i);
  }));

test('Remove Backend takes it away, and the next run says how to get it back', () =>
  pictured(session, 'backend-removed', async () => {
    const { workbench } = session;
    await workbench.run('FIP Lab: Remove Backend', { asks: true });
    await workbench.pick(/webgpu/);
    expect(await workbench.dialog.text()).toMatch(/webgpu-.* is deleted/);
    await workbench.dialog.answer('Remove');
    await workbench.notifications.saying('webgpu was removed.').waitFor();
    await workbench.open('gpu.fip.yaml');
    await workbench.run('FIP Lab: Run Experiment');
    await workbench.notifications.saying(/webgpu could not be started.*Install Backend/).waitFor();
  }));
