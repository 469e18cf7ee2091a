import { describe, expect, test } from 'vitest';
import { codeActions } from '../../server/src/language/code-actions';
import { lspDiagnostic } from '../../server/src/language/lsp-diagnostics';
import { check, editedWith, uri, validSpec } from './kit';

/** What each action at a code's findings makes of a spec, by its title. */
async function actionsOf(text: string, code: string): Promise<Record<string, string>> {
  const { document, diagnostics } = await check(text);
  const found = diagnostics.filter((diagnostic) => diagnostic.code === code);
  const results = found.flatMap(({ range }) =>
    codeActions(document, found, range, (one) => lspDiagnostic(one, uri, 'fip')).map(
      ({ title, edit }) => [title, editedWith(document, edit?.changes?.[uri])],
    ),
  );
  return Object.fromEntries(results);
}

describe('a misspelt key', () => {
  test('is mended, or removed', async () => {
    const text = validSpec.replace('steps: 10', 'stepz: 10');
    expect(await actionsOf(text, 'fip/unknown-key')).toEqual({
      'Change to `steps`': validSpec,
      'Remove `stepz`': validSpec.replace(', steps: 10', ''),
    });
  });
});

describe('an unknown key is removed', () => {
  test.each([
    ['from a line of its own', 'seed: 1\n', 'whatever: {a: 1} # why\nseed: 1\n'],
    ['with all its lines', 'seed: 1\n', 'whatever:\n  a: 1\n\n  b: |\n    text\nseed: 1\n'],
    [
      'from the start of braces',
      'model: {architecture: mlp',
      'model: {whatever: [1], architecture: mlp',
    ],
    ['from the start of an item', '  - leg: prune', '  - whatever: 1\n    leg: prune'],
  ])('%s', async (_how, expected, given) => {
    const base = `seed: 1\n${validSpec}`;
    const actions = await actionsOf(base.replace(expected, given), 'fip/unknown-key');
    expect(actions['Remove `whatever`']).toBe(base);
  });

  test('from the end of a text without a line break', async () => {
    const actions = await actionsOf(`${validSpec}whatever: 1`, 'fip/unknown-key');
    expect(actions['Remove `whatever`']).toBe(validSpec.trimEnd());
  });

  test('from lines that end as in Windows', async () => {
    const windows = validSpec.replaceAll('\n', '\r\n');
    const given = windows.replace('model:', 'whatever: 👍\r\nmodel:');
    expect((await actionsOf(given, 'fip/unknown-key'))['Remove `whatever`']).toBe(windows);
  });

  test('but not where nothing would be left', async () => {
    const actions = await actionsOf('start:\n  whatever: 1\n', 'fip/unknown-key');
    expect(actions).toEqual({});
  });
});

describe('missing keys are added', () => {
  test('in braces, with the names that the spec has', async () => {
    const given = validSpec.replace('on: glyphs, memory: 500', 'memory: 500');
    expect(await actionsOf(given, 'fip/missing-key')).toEqual({
      'Add `on`': validSpec.replace('on: glyphs, memory: 500', 'memory: 500, on: glyphs'),
    });
  });

  test('in lines, behind comments and blocks of text', async () => {
    const given =
      validSpec.replace(/ {4}keep.*\n {4}solver.*\n/, '    # more\n') +
      'description: |\n  a\n  b\n';
    const added = Object.values(await actionsOf(given, 'fip/missing-key'))[0] ?? '';
    expect(added).toBe(
      given.replace(
        'target: 0.8}\n',
        'target: 0.8}\n    keep:\n      on: glyphs\n    solver: {type: geodesic}\n',
      ),
    );
  });

  test('at the end of the spec', async () => {
    const given = validSpec.replace('name: sparsify-glyphs\n', '').trimEnd() + ' # last';
    expect(await actionsOf(given, 'fip/missing-key')).toEqual({
      'Add `name`': `${given}\nname: sparsify-glyphs`,
    });
  });

  test('between line breaks of Windows', async () => {
    const given = validSpec.replace(/ {4}keep.*\n/, '').replaceAll('\n', '\r\n');
    const added = Object.values(await actionsOf(given, 'fip/missing-key'))[0] ?? '';
    expect(added).toContain('steps: 10}\r\n    keep:\r\n      on: glyphs\r\nexpect:');
  });

  test('in an item that lacks several', async () => {
    const given = validSpec.replace(/ {4}objective.*\n {4}keep.*\n/, '');
    const actions = await actionsOf(given, 'fip/missing-key');
    expect(Object.keys(actions)).toEqual(['Add `objective` and `keep`']);
    const { diagnostics } = await check(Object.values(actions)[0] ?? '');
    expect(diagnostics.map(({ code }) => code)).not.toContain('fip/no-value');
  });
});

test('a data set that nothing uses is removed', async () => {
  const given = validSpec.replace('model:', '  more:\n    format: glyphs\nmodel:');
  const actions = await actionsOf(given, 'fip/unused-data');
  expect(actions['Remove `more`']).toBe(validSpec);
});

test('an expectation without a bound gets one, and one without data the first data set', async () => {
  const given = validSpec.replace(', on: glyphs, at_least: 0.9}', '}');
  const bounds = await actionsOf(given, 'fip/no-bound');
  expect(Object.keys(bounds)).toEqual(['Add `at_least`', 'Add `at_most`', 'Add `drop_at_most`']);
  expect(bounds['Add `at_least`']).toContain('{metric: accuracy, at_least: 0.96}');
  expect(await actionsOf(given, 'fip/metric-needs-data')).toEqual({
    'Add `on`': given.replace('accuracy}', 'accuracy, on: glyphs}'),
  });
});
