/** Neovim as a client of the language server, configured word for word as docs/neovim.md says. */
import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundle, temporaryFolder } from '../runs/support';

const root = join(import.meta.dirname, '../..');
const nvim = process.env['FIP_NEOVIM'] ?? 'nvim';
const isThere = spawnSync(nvim, ['--version']).status === 0;
if (!isThere)
  console.warn(
    'skipped: the tests in Neovim need `nvim` on the PATH, or FIP_NEOVIM with its path.',
  );

/** What the session saw; a step that went wrong is null, or says why it failed. */
interface Seen {
  filetype: string;
  diagnostics: { line: number; code: string; message: string; severity: number }[];
  hover: string;
  completion: string[];
  definition: string;
  code_action: { titles: string[]; line: string };
  mended: boolean;
}

let folder: ReturnType<typeof temporaryFolder>;
let seen: Seen;

const sample = readFileSync(join(root, 'samples/sparsify-glyphs.fip.yaml'), 'utf8');
const spec = sample.replace('seed: 7', 'seed: 7\nbakend: wasm');
const badLine = spec.split('\n').indexOf('bakend: wasm');

/** The program `fip-language-server` in a folder of its own, made of the sources as they are. */
async function installServer(): Promise<void> {
  const script = await bundle('../server/src/language-server.ts', folder.path);
  const program = join(folder.path, 'fip-language-server');
  const quoted = [process.execPath, script].map((path) => `'${path}'`).join(' ');
  writeFileSync(program, `#!/bin/sh\nexec ${quoted} "$@"\n`);
  chmodSync(program, 0o755);
}

/** The configuration that the documentation shows. */
function documentedConfig(): string {
  const doc = readFileSync(join(root, 'docs/neovim.md'), 'utf8');
  const [, config = ''] = /```lua\n([\s\S]*?)```/.exec(doc) ?? [];
  return config;
}

/** A Lua string of any text without `]==]`. */
const lua = (text: string) => `[==[${text}]==]`;

async function session(): Promise<Seen> {
  const at = (name: string) => join(folder.path, name);
  writeFileSync(at('test.fip.yaml'), spec);
  const globals = `fip_spec, fip_seen = ${lua(at('test.fip.yaml'))}, ${lua(at('seen.json'))}\n`;
  writeFileSync(at('init.lua'), globals + documentedConfig());
  const home = { HOME: folder.path, XDG_STATE_HOME: folder.path, XDG_CACHE_HOME: folder.path };
  const env = { ...process.env, ...home, PATH: [folder.path, process.env['PATH']].join(delimiter) };
  const script = join(import.meta.dirname, 'session.lua');
  const args = ['--headless', '--clean', '-u', at('init.lua'), '-c', `luafile ${script}`];
  const running = promisify(execFile)(nvim, args, { cwd: folder.path, env, timeout: 200_000 });
  running.child.stdin?.end();
  const { stdout, stderr } = await running;
  if (stdout + stderr) console.log(stdout + stderr);
  return JSON.parse(readFileSync(at('seen.json'), 'utf8')) as Seen;
}

const required = process.env['FIP_REQUIRE_NVIM'] !== undefined;

describe.skipIf(!isThere && !required)('Neovim', () => {
  beforeAll(async () => {
    folder = temporaryFolder();
    await installServer();
    seen = await session();
  });
  afterAll(() => folder.remove());

  test('takes a spec for one', () => {
    expect(seen.filetype).toBe('fip');
  });

  test('shows diagnostics, and none once all is mended', () => {
    expect(seen.diagnostics).toEqual([
      {
        line: badLine,
        code: 'fip/unknown-key',
        message: expect.stringContaining('Did you mean `backend`?') as string,
        severity: 1,
      },
    ]);
    expect(seen.mended).toBe(true);
  });

  test('shows a hover', () => {
    expect(seen.hover).toContain('epochs');
    expect(seen.hover).toContain('whole number');
  });

  test('completes keys', () => {
    expect(seen.completion).toContain('backend');
    expect(seen.completion).not.toContain('seed');
  });

  test('goes to the definition of a data set', () => {
    expect(seen.definition).toContain('glyphs: { format: glyphs');
  });

  test('takes a quick fix', () => {
    expect(seen.code_action.titles[0]).toContain('Change to `backend`');
    expect(seen.code_action.line).toBe('backend: wasm');
  });
});
