import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSession, pictured } from './harness/session';
import type { Session } from './harness/session';
import { brokenSpec, goodSpec } from './harness/specs';

let session: Session;

beforeAll(async () => {
  session = await openSession({
    files: { 'good.fip.yaml': goodSpec, 'broken.fip.yaml': brokenSpec },
    restricted: true,
  });
});

afterAll(() => session.end());

test('in Restricted Mode a spec is checked as everywhere', () =>
  pictured(session, 'restricted', async () => {
    const { workbench } = session;
    await expect.poll(() => workbench.statusBar()).toContain('Restricted Mode');
    await workbench.open('broken.fip.yaml');
    await workbench.editor.errors.first().waitFor();
  }));

test('in Restricted Mode nothing runs', () =>
  pictured(session, 'restricted-run', async () => {
    const { workbench } = session;
    await workbench.open('good.fip.yaml');
    expect(await workbench.offers('FIP Lab: Show Results')).toBe(true);
    expect(await workbench.offers('FIP Lab: Run Experiment')).toBe(false);
    // The lens above the spec says why not.
    await workbench.editor.lenses.filter({ hasText: 'Run' }).first().click();
    await workbench.notifications.saying('Restricted Mode').waitFor();
    expect(existsSync(join(session.folder, '.fip'))).toBe(false);
  }));
