import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Manifest {
  bin: Record<string, string>;
  scripts: Record<string, string>;
  engines: { vscode: string };
  contributes: {
    commands: { command: string; title: string }[];
    menus?: Record<string, { command?: string }[]>;
    keybindings?: { command: string }[];
  };
}

const manifest = JSON.parse(textOf('package.json')) as Manifest;
const { commands, menus = {}, keybindings = [] } = manifest.contributes;
const declared = new Set(commands.map(({ command }) => command));

/** Every string of the manifest that stands for a translated text: `%command.run%`. */
const placeholders = [...textOf('package.json').matchAll(/"%([\w.-]+)%"/g)].map(([, key]) => key);

describe('package.json', () => {
  test.each(Object.entries(manifest.bin))('%s can be started', (_name, path) => {
    expect(textOf(path)).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect(statSync(join(root, path)).mode & 0o111).not.toBe(0);
  });

  test('the server offers the same programs', () => {
    const server = JSON.parse(textOf('server/package.json')) as Manifest;
    const paths = Object.entries(server.bin).map(([name, path]) => [name, `server/${path}`]);
    expect(Object.fromEntries(paths)).toEqual(manifest.bin);
  });

  test('menus and keys name commands that are declared', () => {
    const used = [...Object.values(menus).flat(), ...keybindings].flatMap(
      ({ command = [] }) => command,
    );
    expect(used.filter((command) => !declared.has(command))).toEqual([]);
    expect(used.length).toBeGreaterThan(0);
  });

  test('commands have different names', () => {
    expect(declared.size).toBe(commands.length);
  });

  test('every text has words', () => {
    const words = JSON.parse(textOf('package.nls.json')) as Record<string, unknown>;
    expect(placeholders.filter((key) => key && !words[key])).toEqual([]);
  });

  test('every script runs a file that is there', () => {
    const files = Object.values(manifest.scripts).flatMap(
      (script) => script.match(/scripts\/[\w-]+\.mjs/g) ?? [],
    );
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
    expect(files.length).toBeGreaterThan(5);
  });

  test('asks for no newer editor than the one that it is tested in', () => {
    const [major, minor] = manifest.engines.vscode.replace('^', '').split('.').map(Number);
    expect(major).toBe(1);
    expect(minor).toBeLessThanOrEqual(100);
  });
});
