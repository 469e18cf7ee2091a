import { describe, expect, test } from 'vitest';
import { codeActions } from '../../server/src/language/code-actions';
import { lspDiagnostic } from '../../server/src/language/lsp-diagnostics';
import { checkSpec } from '../../server/src/spec/check-spec';
import { dataFiles } from '../../server/src/spec/data-inspector';
import { parseSpec } from '../../server/src/spec/parse';
import { specError } from '../../server/src/spec/spec-diagnostic';
import { switchedRunFindings } from '../../server/src/spec/switches';
import type { Levels } from '../../server/src/spec/switches';
import { editedWith, uri, validSpec } from '../language/kit';

const unused = validSpec.replace('model:', '  other: {format: glyphs}\nmodel:');

async function found(text: string, levels?: Levels): Promise<string[]> {
  const { diagnostics } = await checkSpec(parseSpec(text, uri), dataFiles, undefined, levels);
  return diagnostics.map(({ severity, code }) => `${severity} ${code}`);
}

describe('by settings', () => {
  test('a warning is switched off, or made an error that keeps the spec from running', async () => {
    expect(await found(unused)).toEqual(['warning fip/unused-data']);
    expect(await found(unused, { 'fip/unused-data': 'off' })).toEqual([]);
    const levels: Levels = { 'fip/unused-data': 'error' };
    expect(await found(unused, levels)).toEqual(['error fip/unused-data']);
    const { experiment } = await checkSpec(parseSpec(unused, uri), dataFiles, undefined, levels);
    expect(experiment).toBeUndefined();
  });

  test.each([
    ['a text that is no YAML', '[', 'fip/syntax'],
    ['an unknown key', validSpec.replace('steps', 'stepz'), 'fip/unknown-key'],
    [
      'a name that nothing has',
      validSpec.replace('on: glyphs, ep', 'on: glyps, ep'),
      'fip/unknown-data',
    ],
  ])('%s stays an error', async (_what, text, code) => {
    expect(await found(text, { [code]: 'off' })).toContain(`error ${code}`);
    expect(await found(text, { [code]: 'warning' })).toContain(`error ${code}`);
  });
});

describe('by a comment', () => {
  test.each([
    ['at the end of the line', 'glyphs}\nmodel', 'glyphs} # fip-ignore fip/unused-data\nmodel', 0],
    ['in the line above', '  other', '  # fip-ignore fip/x, fip/unused-data\n  other', 0],
    ['above other comments', '  other', '# fip-ignore fip/unused-data\n\n  # more\n  other', 0],
    ['two lines above', '  glyphs: {', '  # fip-ignore fip/unused-data\n  glyphs: {', 1],
    ['for another code', '  other', '  # fip-ignore fip/unused\n  other', 1],
    ['in no comment', 'other: {', 'other: {"# fip-ignore": fip/unused-data, ', 1],
  ])('%s', async (_where, text, replacement, count) => {
    for (const ends of ['\n', '\r\n']) {
      const given = unused.replace(text, replacement).replaceAll('\n', ends);
      const warnings = (await found(given)).filter((one) => one === 'warning fip/unused-data');
      expect(warnings).toHaveLength(count);
    }
  });

  test('the quick fix writes it, and adds to the one that is there', async () => {
    const fix = async (text: string): Promise<string> => {
      const { document, diagnostics } = await checkSpec(parseSpec(text, uri), dataFiles, undefined);
      const range = document.rangeOf('/data/other', 'key');
      const actions = codeActions(document, diagnostics, range, (one) =>
        lspDiagnostic(one, uri, 'fip'),
      );
      const action = actions.find(({ title }) => title === 'Switch off `fip/unused-data` here');
      return editedWith(document, action?.edit?.changes?.[uri]);
    };
    const fixed = await fix(unused);
    expect(fixed).toBe(unused.replace('  other', '  # fip-ignore fip/unused-data\n  other'));
    expect(await found(fixed)).toEqual([]);
    expect(await fix(unused.replace('  other', '  # fip-ignore fip/x # why\n  other'))).toBe(
      unused.replace('  other', '  # fip-ignore fip/x, fip/unused-data # why\n  other'),
    );
    const first = '\uFEFFdata: {other: {format: glyphs}}\r\n';
    expect(await fix(first)).toBe('\uFEFF# fip-ignore fip/unused-data\r\n' + first.slice(1));
  });

  test('no quick fix switches an error off', async () => {
    const text = validSpec.replace('steps', 'stepz');
    const { document, diagnostics } = await checkSpec(parseSpec(text, uri), dataFiles, undefined);
    const whole = document.range([0, text.length]);
    const actions = codeActions(document, diagnostics, whole, (one) =>
      lspDiagnostic(one, uri, 'fip'),
    );
    expect(actions.map(({ title }) => title)).toEqual(['Change to `steps`', 'Remove `stepz`']);
  });
});

describe('by a comment for the whole spec', () => {
  const headed = (comment: string, text = unused) => text.replace('data:', `${comment}\ndata:`);

  test.each([
    ['# fip-level fip/unused-data: off', []],
    ['#fip-level fip/x: off, fip/unused-data: error', ['error fip/unused-data']],
    ['  # fip-level fip/unused-data : information', ['information fip/unused-data']],
    [
      '# fip-level fip/unused-data: off\n# fip-level fip/unused-data: warning',
      ['warning fip/unused-data'],
    ],
    ['# as in # fip-level fip/unused-data: off', ['warning fip/unused-data']],
  ])('%s', async (comment, expected) => {
    expect(await found(headed(comment))).toEqual(expected);
    expect(await found(headed(comment).replaceAll('\n', '\r\n'))).toEqual(expected);
  });

  test('it goes before the settings, and what it makes an error keeps the spec from running', async () => {
    const text = headed('# fip-level fip/unused-data: error');
    expect(await found(text, { 'fip/unused-data': 'off' })).toEqual(['error fip/unused-data']);
    const { experiment } = await checkSpec(parseSpec(text, uri), dataFiles, undefined);
    expect(experiment).toBeUndefined();
  });

  test('an error stays one, and the comment is said to be of no use', async () => {
    const broken = validSpec.replace('steps', 'stepz');
    const text = headed('# fip-level fip/unknown-key: off', broken);
    expect(await found(text)).toEqual(['warning fip/not-switchable', 'error fip/unknown-key']);
  });

  test('a level that there is not has a guess', async () => {
    const document = parseSpec(headed('# fip-level fip/unused-data: offf'), uri);
    const { diagnostics } = await checkSpec(document, dataFiles, undefined);
    const [first] = diagnostics;
    expect(first).toMatchObject({ code: 'fip/not-switchable', severity: 'warning' });
    expect(first?.message).toContain('`offf` is no level');
    expect(first?.fix?.newText).toBe('fip/unused-data: off');
  });

  test('what runs found out, too', () => {
    const document = parseSpec(
      headed('# fip-level fip/expectation-failed: warning', validSpec),
      uri,
    );
    const failed = specError('fip/expectation-failed', document.rangeOf('/expect/0'), 'It failed.');
    expect(switchedRunFindings(document, [failed])[0]?.severity).toBe('warning');
  });
});

test('what a run found out can be switched also where it is an error', () => {
  const document = parseSpec(
    validSpec.replace('expect:\n', 'expect:\n  # fip-ignore fip/expectation-failed\n'),
    uri,
  );
  const failed = ['/expect/0', '/expect/1'].map((pointer) =>
    specError('fip/expectation-failed', document.rangeOf(pointer), 'It failed.'),
  );
  expect(switchedRunFindings(document, failed)).toEqual(failed.slice(1));
  expect(switchedRunFindings(document, failed, { 'fip/expectation-failed': 'off' })).toEqual([]);
  const [lighter] = switchedRunFindings(document, failed, { 'fip/expectation-failed': 'warning' });
  expect(lighter?.severity).toBe('warning');
});
