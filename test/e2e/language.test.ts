/** What a language server gives, taken by keys and menus in the real editor. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSession, pictured } from './harness/session';
import type { Session } from './harness/session';
import { goodSpec } from './harness/specs';

let session: Session;

const untidy = goodSpec.replace('steps: 12,', 'steps:    12  ,');
const solverLine = '    solver: {type: geodesic, steps: 12, samples: 100}';
const dataLine = goodSpec.split('\n').findIndex((line) => line.includes('format: glyphs')) + 1;
const keepLine = goodSpec.split('\n').findIndex((line) => line.includes('keep:')) + 1;
const keepColumn = (goodSpec.split('\n')[keepLine - 1] ?? '').indexOf('glyphs') + 2;

beforeAll(async () => {
  session = await openSession({
    files: {
      'complete.fip.yaml': goodSpec,
      'define.fip.yaml': goodSpec,
      'rename.fip.yaml': goodSpec,
      'untidy.fip.yaml': untidy,
    },
  });
});

afterAll(() => session.end());

const ready = async (file: string) => {
  await session.workbench.open(file);
  // Its lenses come from the server, so it knows the file.
  await session.workbench.editor.lenses.first().waitFor();
};

test('the hover of a data set shows images of its classes', () =>
  pictured(session, 'hover-data', async () => {
    const { editor, page } = session.workbench;
    await ready('define.fip.yaml');
    expect(await editor.hover(dataLine, 4)).toContain('10 classes');
    const image = page.locator('.monaco-hover img').first();
    await image.waitFor();
    const width = () => image.evaluate((element) => (element as HTMLImageElement).naturalWidth);
    await expect.poll(width).toBe(10 * 48 + 9 * 4);
  }));

test('completion offers keys, and brings what a key needs', () =>
  pictured(session, 'completion', async () => {
    const { editor } = session.workbench;
    await ready('complete.fip.yaml');
    await editor.complete(2, 'descr', 'description');
    await expect.poll(() => editor.lines()).toContainEqual(expect.stringMatching(/^description: /));
  }));

test('completion offers the names of data sets', () =>
  pictured(session, 'completion-name', async () => {
    const { editor } = session.workbench;
    await ready('complete.fip.yaml');
    const last = goodSpec.trimEnd().split('\n').length + 1;
    await editor.complete(last, '- {metric: accuracy, on: gly', 'glyphs');
    await expect
      .poll(() => editor.lines())
      .toContainEqual(expect.stringContaining('{metric: accuracy, on: glyphs'));
  }));

test('go to definition leads from a use of a data set to its entry', () =>
  pictured(session, 'definition', async () => {
    const { editor, page } = session.workbench;
    await ready('define.fip.yaml');
    await editor.goTo(keepLine, keepColumn);
    await page.keyboard.press('F12');
    await expect.poll(() => editor.cursor()).toContain(`Ln ${String(dataLine)}, Col 3`);
  }));

test('rename changes a data set wherever it is named', () =>
  pictured(session, 'rename', async () => {
    const { editor } = session.workbench;
    await ready('rename.fip.yaml');
    await editor.rename(keepLine, keepColumn, 'letters');
    const text = async () => (await editor.lines()).join('\n');
    await expect.poll(text).toContain('  letters: {format: glyphs');
    expect(await text()).toContain('train: {on: letters');
    expect(await text()).toContain('keep: {on: letters');
    expect(await editor.errors.count()).toBe(0);
  }));

test('formatting tidies a file up', () =>
  pictured(session, 'formatting', async () => {
    const { editor } = session.workbench;
    await ready('untidy.fip.yaml');
    await session.workbench.run('Format Document');
    await expect.poll(() => editor.lines()).toContainEqual(solverLine);
  }));
