import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSession, pictured } from './harness/session';
import type { Session } from './harness/session';
import { disappointedSpec, lastLine } from './harness/specs';

let session: Session;

beforeAll(async () => {
  session = await openSession({ files: { 'disappointed.fip.yaml': disappointedSpec } });
});

afterAll(() => session.end());

test('an expectation that fails is shown on its own line', () =>
  pictured(session, 'expectation', async () => {
    const { workbench } = session;
    const { editor } = workbench;
    await workbench.open('disappointed.fip.yaml');
    await editor.lenses.first().waitFor();
    expect(await editor.problems()).toEqual([]);
    await workbench.run('FIP Lab: Run Experiment');
    const squiggles = editor.errors.or(editor.warnings);
    await squiggles.first().waitFor({ timeout: 120_000 });
    const said = await editor.hover(lastLine(disappointedSpec), 8);
    expect(said).toMatch(/loss/i);
    expect(said).toContain('at most 0.001');
    expect(await editor.problems()).toContainEqual(expect.stringContaining('at most 0.001'));
  }));
