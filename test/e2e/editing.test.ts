import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSession, pictured } from './harness/session';
import type { Session } from './harness/session';
import { brokenLine, brokenSpec, goodSpec, mendedLine } from './harness/specs';

let session: Session;

beforeAll(async () => {
  session = await openSession({
    files: { 'good.fip.yaml': goodSpec, 'broken.fip.yaml': brokenSpec },
  });
});

afterAll(() => session.end());

test('a .fip.yaml file has its own language and no false alarm', () =>
  pictured(session, 'language', async () => {
    const { workbench } = session;
    await workbench.open('good.fip.yaml');
    await expect.poll(() => workbench.editor.language()).toBe('FIP experiment');
    // Its lenses come from the server, so it has looked at the file.
    await workbench.editor.lenses.first().waitFor();
    expect(await workbench.editor.errors.count()).toBe(0);
  }));

test('a key has a hover that explains it', () =>
  pictured(session, 'hover-key', async () => {
    const { workbench } = session;
    await workbench.open('good.fip.yaml');
    expect(await workbench.editor.hover(brokenLine, 3)).toContain('Where the run computes');
  }));

test('a misspelt key has a squiggle, a message and a problem until it is mended', () =>
  pictured(session, 'mended', async () => {
    const { workbench } = session;
    const { editor } = workbench;
    await workbench.open('broken.fip.yaml');
    await editor.errors.first().waitFor();
    const said = await editor.hover(brokenLine, 3);
    await pictured(session, 'broken', () => Promise.resolve());
    expect(said).toContain('bakend');
    expect(said).toContain('Did you mean `backend`?');
    expect(await editor.problems()).toContainEqual(expect.stringContaining('bakend'));
    await editor.quickFix(brokenLine, 3, 'Change to `backend`');
    expect(await editor.textOfLine(mendedLine)).toContain(mendedLine);
    await expect.poll(() => editor.errors.count()).toBe(0);
    expect(await editor.problems()).not.toContainEqual(expect.stringContaining('bakend'));
  }));
