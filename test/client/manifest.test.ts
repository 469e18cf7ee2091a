import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { semanticTokensLegend } from '../../server/src/language/semantic-tokens';
import { levels } from '../../server/src/spec/switches';

const ROOT = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const manifest = JSON.parse(read('package.json'));
const texts = JSON.parse(read('package.nls.json'));

describe('the manifest', () => {
  test('every text that it names exists, and none is left over', () => {
    const named = [...read('package.json').matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key);
    expect([...new Set(named)].sort()).toEqual(Object.keys(texts).sort());
  });

  test('every command is registered, and every registered one is declared', () => {
    const source = read('client/src/commands/register-commands.ts');
    const registered = [...source.matchAll(/'(fip\.\w+)':/g)].map(([, id]) => id);
    const declared = manifest.contributes.commands.map(
      ({ command }: { command: string }) => command,
    );
    expect(registered.sort()).toEqual(declared.sort());
  });

  test('menus and keys name commands that exist', () => {
    const { commands, menus, keybindings } = manifest.contributes;
    const declared = commands.map(({ command }: { command: string }) => command);
    const used = [...Object.values(menus).flat(), ...keybindings] as { command: string }[];
    for (const { command } of used) expect(declared).toContain(command);
  });

  test('nothing that runs or reads elsewhere is set by a workspace that is not trusted', () => {
    const { untrustedWorkspaces } = manifest.capabilities;
    expect(untrustedWorkspaces.supported).toBe('limited');
    expect(untrustedWorkspaces.restrictedConfigurations).toEqual(['fip.nodePath', 'fip.dataRoot']);
  });

  test('the files that it names exist', () => {
    const { languages, grammars } = manifest.contributes;
    const { configuration, icon } = languages[0];
    const files = [manifest.icon, configuration, icon.light, icon.dark, grammars[0].path];
    for (const file of files) expect(read(file).length).toBeGreaterThan(0);
    const scope = JSON.parse(read(grammars[0].path)).scopeName;
    expect(scope).toBe(grammars[0].scopeName);
  });

  test('colours that it names are those that the server gives', () => {
    for (const { language, scopes } of manifest.contributes.semanticTokenScopes) {
      expect(language).toBe('fip');
      const types = Object.keys(scopes);
      expect(types.filter((type) => !semanticTokensLegend.tokenTypes.includes(type))).toEqual([]);
    }
  });

  test('levels of the setting for diagnostics are those that the server knows', () => {
    const setting = manifest.contributes.configuration.properties['fip.diagnostics'];
    expect(setting.additionalProperties.enum).toEqual(levels);
  });

  test('the walkthrough shows files that exist, and keys of the sample that it starts with', () => {
    const [{ steps }] = manifest.contributes.walkthroughs;
    for (const { media } of steps) expect(read(media.markdown)).toMatch(/^# /);
    const [, snippet = ''] = /```yaml\n([^`]+)```/.exec(read('media/walkthrough/sample.md')) ?? [];
    const lines = snippet.split('\n').filter((line) => line.trim() !== '');
    expect(lines).toHaveLength(6);
    for (const line of lines) expect(read('samples/sparsify-glyphs.fip.yaml')).toContain(line);
  });

  test('asks for no newer editor than the tests drive', () => {
    expect(manifest.engines.vscode).toBe('^1.95.0');
  });
});

describe('the language configuration', () => {
  const { indentationRules, wordPattern } = JSON.parse(read('language-configuration.json'));

  test.each([
    ['path:', true],
    ['  - leg: prune', false],
    ['    solver:', true],
    ['  -', true],
    ['    seed: 7', false],
    ['  train:   # the first network', true],
  ])('after %j the next line is indented: %s', (line, indents) => {
    expect(new RegExp(indentationRules.increaseIndentPattern).test(line)).toBe(indents);
  });

  test('words hold dashes and dots, as names and numbers do', () => {
    const words = 'target: 1e-3, on: add-fashion'.match(new RegExp(wordPattern, 'g'));
    expect(words).toEqual(['target', '1e-3', 'on', 'add-fashion']);
  });
});

test('every sentence of the extension goes through the translation', () => {
  const folder = join(ROOT, 'client/src');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const messages = /show(?:Error|Warning|Information)Message\(\s*['"`]/;
  const untranslated = files
    .filter((file) => file.endsWith('.ts'))
    .filter((file) => messages.test(readFileSync(join(folder, file), 'utf8')));
  expect(untranslated).toEqual([]);
});
