import { describe, expect, test } from 'vitest';
import { codeLenses } from '../../server/src/language/code-lenses';
import { inlayHints } from '../../server/src/language/inlay-hints';
import { runDiagnostics } from '../../server/src/language/run-diagnostics';
import { check, latest, uri, validSpec } from './kit';

describe('inlay hints', () => {
  test('none without a run', async () => {
    expect(inlayHints(await check(validSpec))).toEqual([]);
  });

  test('after a run: on the leg and on each expectation', async () => {
    const hints = inlayHints(await check(validSpec), latest('completed'));
    expect(hints.map(({ label, position: { line } }) => [line, label])).toEqual([
      [8, '87 % · 80 % sparse · Δout 0.031'],
      [13, '✗ 87 %'],
      [14, '✓ 80 %'],
    ]);
    const lines = validSpec.split('\n');
    for (const { position } of hints) expect(position.character).toBe(lines[position.line]?.length);
  });

  test('during a run: the step and what was measured last', async () => {
    const [hint, ...rest] = inlayHints(await check(validSpec), latest('walking'));
    expect(hint?.label).toBe('step 8/10 · 90 % · 70 % sparse · Δout 0.031');
    expect(rest).toEqual([]);
  });

  test('stale values are marked', async () => {
    const hints = inlayHints(await check(validSpec), latest('completed', true));
    expect(
      hints.every(({ label }) => (typeof label === 'string' ? label : '').endsWith(' (stale)')),
    ).toBe(true);
  });

  test('in block style the hint stands behind the last line of the expectation', async () => {
    const text = validSpec.replace(
      '  - {metric: sparsity, at_least: 0.8}',
      '  - metric: sparsity\n    at_least: 0.8 # exactly\nseed: 1',
    );
    const hints = inlayHints(await check(text), latest('completed'));
    expect(hints.at(-1)?.position).toEqual({ line: 15, character: 17 });
  });

  test('a leg that the run does not know has no hint', async () => {
    const hints = inlayHints(
      await check(validSpec.replace('leg: prune', 'leg: other')),
      latest('completed', true),
    );
    expect(hints).toHaveLength(2);
  });
});

describe('run diagnostics', () => {
  test('a failed expectation stands on its line, a warning on its value', async () => {
    const checked = await check(validSpec);
    const found = runDiagnostics(checked, latest('completed'));
    const text = (i: number) => {
      const { start, end } = found[i]?.range ?? checked.document.rangeOf('');
      return validSpec.slice(checked.document.offsetAt(start), checked.document.offsetAt(end));
    };
    expect(found.map(({ code, severity }) => [code, severity])).toEqual([
      ['fip/off-manifold', 'warning'],
      ['fip/expectation-failed', 'error'],
    ]);
    expect(text(0)).toBe('10');
    expect(text(1)).toBe('{metric: accuracy, on: glyphs, at_least: 0.9}');
    expect(found[1]?.message).toBe(
      'Accuracy on glyphs at the end is 87 %; expected was at least 90 %.',
    );
  });

  test('a changed bound is judged anew', async () => {
    const found = runDiagnostics(
      await check(validSpec.replace('at_least: 0.9}', 'at_least: 0.85}')),
      latest('completed'),
    );
    expect(found.map(({ code }) => code)).toEqual(['fip/off-manifold']);
  });

  test('a fall is counted from the start network', async () => {
    const bound = (drop: number) => validSpec.replace('at_least: 0.9}', `drop_at_most: ${drop}}`);
    const codes = async (drop: number) =>
      runDiagnostics(await check(bound(drop)), latest('completed')).map(({ code }) => code);
    expect(await codes(0.2)).not.toContain('fip/expectation-failed');
    expect(await codes(0.05)).toContain('fip/expectation-failed');
  });

  test('a failed run says why, on the leg that it was in', async () => {
    const [found, ...rest] = runDiagnostics(await check(validSpec), latest('failed'));
    expect(found).toMatchObject({ code: 'fip/run-failed', range: { start: { line: 8 } } });
    expect(found?.message).toBe('The weights are not finite. Take smaller steps.');
    expect(rest).toEqual([]);
  });

  test('a failed run that knows what is to blame says so there', async () => {
    const run = latest('failed');
    const report = run.view.report && {
      ...run.view.report,
      code: 'fip/weights',
      pointer: '/path/0/solver',
    };
    const view = { ...run.view, ...(report && { report }) };
    const found = runDiagnostics(await check(validSpec), { ...run, view });
    expect(found).toMatchObject([
      { code: 'fip/weights', range: { start: { line: 11, character: 4 } } },
    ]);
  });

  test('nothing while the run goes on, and nothing of stale results', async () => {
    const checked = await check(validSpec);
    expect(runDiagnostics(checked, latest('walking'))).toEqual([]);
    expect(runDiagnostics(checked, latest('completed', true))).toEqual([]);
    expect(runDiagnostics(checked)).toEqual([]);
  });
});

describe('code lenses', () => {
  const commands = (text: string, run?: ReturnType<typeof latest>) =>
    check(text).then((checked) =>
      codeLenses(checked, run).map(({ command, range }) => [
        range.start.line,
        command?.command,
        command?.arguments,
      ]),
    );

  const titles = async (text: string, run: ReturnType<typeof latest>) =>
    codeLenses(await check(text), run).map(({ command }) => command?.title);

  test('the expectations tell how many hold, as the text has them now', async () => {
    expect(await titles(validSpec, latest('completed'))).toContain('$(error) 1 of 2 hold');
    const lower = validSpec.replace('at_least: 0.9}', 'at_least: 0.5}');
    expect(await titles(lower, latest('completed', true))).toContain('$(pass) 2 of 2 hold (stale)');
    expect(await titles(validSpec, latest('walking'))).toHaveLength(2);
    expect(await titles(validSpec.replace(/expect:[^]*/, ''), latest('completed'))).toHaveLength(2);
  });

  test('Run before a run, Stop during, both with results after', async () => {
    expect(await commands(validSpec)).toEqual([[0, 'fip.run', [uri]]]);
    expect(await commands(validSpec, latest('walking'))).toEqual([
      [0, 'fip.stop', [uri]],
      [0, 'fip.showResults', [uri]],
    ]);
    expect((await commands(validSpec, latest('completed'))).map(([, command]) => command)).toEqual([
      'fip.run',
      'fip.showResults',
      'fip.showResults',
    ]);
  });

  test('above the first key, or the first line of a broken text', async () => {
    expect((await commands(`# a comment\n\n${validSpec}`))[0]?.[0]).toBe(2);
    expect((await commands('\n\n['))[0]?.[0]).toBe(0);
  });
});
