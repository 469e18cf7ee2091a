/** `fip backend`, with a recipe and an engine that pretend: no network, no compiler. */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BackendRecipe } from '../../server/src/backends-install/backend-recipe';
import {
  installations,
  installBackend,
  installedStamp,
  removeBackend,
} from '../../server/src/backends-install/install-backend';
import { InstallError } from '../../server/src/backends-install/install-error';
import { installByCommand } from '../../server/src/cli/backend-install';
import { runTool } from '../../server/src/backends-install/run-tool';
import { backendFolder, packageSources } from '../../server/src/engine/backends/backend-folders';
import { Fip } from '../cli/support';
import { until } from '../runs/support';

const options = { cuda: false, from: 'auto' } as const;
const quiet = { tell: () => undefined };
let folder: string;
let before: string | undefined;

beforeEach(() => {
  before = process.env['FIP_CACHE'];
  folder = mkdtempSync(join(tmpdir(), 'fip-install-'));
  process.env['FIP_CACHE'] = join(folder, 'cache');
});
afterEach(() => {
  if (before === undefined) delete process.env['FIP_CACHE'];
  else process.env['FIP_CACHE'] = before;
  delete process.env['FIP_BACKENDS'];
  rmSync(folder, { recursive: true, force: true });
});

const recipe = (content: string): BackendRecipe => ({
  name: 'tensorflow',
  title: () => 'A pretence',
  kinds: () => [options],
  obstacle: () => Promise.resolve(undefined),
  plan: () => ['nothing (0 MB)'],
  variant: ({ cuda }) => (cuda ? 'cuda' : 'cpu'),
  install: async (target) => {
    writeFileSync(join(target, 'native.node'), content);
    return { origin: 'nowhere', versions: { pretence: '1.0' }, nativeFiles: ['native.node'] };
  },
});

/** An engine whose self-test finds a backend where one lies in the folder of its environment. */
function engine(answer: object = {}): string {
  const script = join(folder, 'engine.cjs');
  const status = { name: 'tensorflow', available: true, device: 'CPU', software: false };
  writeFileSync(
    script,
    `const there = require('fs').existsSync(process.env.FIP_CACHE + '/tensorflow-4.22.0/fip-backend.json');
     console.log('chatter of a library');
     console.log(JSON.stringify({ ...${JSON.stringify(status)}, available: there, reason: 'It is not installed.', remedy: null, ...${JSON.stringify(answer)} }));`,
  );
  return script;
}

const leftovers = () => readdirSync(process.env['FIP_CACHE']!).filter((name) => name[0] === '.');

describe('installing', () => {
  test('tests the backend, puts it in its place and stamps it with checksums', async () => {
    const status = await installBackend(recipe('one'), options, engine(), quiet);
    expect(status).toMatchObject({ available: true, device: 'CPU' });
    expect(installedStamp(recipe(''))).toMatchObject({
      variant: 'cpu',
      origin: 'nowhere',
      versions: { pretence: '1.0' },
      files: [
        {
          path: 'native.node',
          bytes: 3,
          sha256: '7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed',
        },
      ],
    });
    expect(packageSources('tensorflow')[0]?.place).toBe(backendFolder('tensorflow'));
    expect(leftovers()).toEqual([]);
  });

  test('leaves what was there where the new one does not work', async () => {
    await installBackend(recipe('one'), options, engine(), quiet);
    const broken = engine({ available: false, reason: 'Its instructions are illegal here.' });
    await expect(installBackend(recipe('other'), options, broken, quiet)).rejects.toThrow(
      /does not work, and was removed. Its instructions are illegal here/,
    );
    expect(installedStamp(recipe(''))?.files[0]?.bytes).toBe(3);
    expect(leftovers()).toEqual([]);
  });

  test('leaves nothing where fetching fails, or the self-test dies', async () => {
    const failing = {
      ...recipe(''),
      install: () => Promise.reject(new InstallError('The network is away.')),
    };
    await expect(installBackend(failing, options, engine(), quiet)).rejects.toThrow('is away');
    const dying = join(folder, 'dying.cjs');
    writeFileSync(dying, `console.error('Illegal instruction'); process.exit(132);`);
    await expect(installBackend(recipe('one'), options, dying, quiet)).rejects.toThrow(
      /ended without an answer: Illegal instruction/,
    );
    expect(readdirSync(process.env['FIP_CACHE']!)).toEqual([]);
  });

  test('does not count a folder whose files were damaged, nor one without a stamp', async () => {
    await installBackend(recipe('one'), options, engine(), quiet);
    writeFileSync(join(backendFolder('tensorflow'), 'native.node'), 'cut');
    expect(installedStamp(recipe(''))).toBeDefined();
    writeFileSync(join(backendFolder('tensorflow'), 'native.node'), 'c');
    expect(installedStamp(recipe(''))).toBeUndefined();
    rmSync(join(backendFolder('tensorflow'), 'fip-backend.json'));
    expect(packageSources('tensorflow').map(({ place }) => place)).toEqual(['beside FIP Lab']);
  });

  test('a cancelled one ends every program that it started, and leaves nothing', async () => {
    const cancel = new AbortController();
    const pids = join(folder, 'pids');
    const endless = `require('fs').appendFileSync(${JSON.stringify(pids)}, process.pid + ' '); setInterval(() => 0, 1000);`;
    const parent = `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(endless)}], { stdio: 'inherit' }); ${endless}`;
    const waiting: BackendRecipe = {
      ...recipe(''),
      install: async (target, _options, { signal }) => {
        writeFileSync(join(target, 'half'), '');
        await runTool(process.execPath, ['-e', parent], { cwd: target, signal });
        throw new Error('It went on.');
      },
    };
    const tools = { ...quiet, signal: cancel.signal };
    const install = installBackend(waiting, options, engine(), tools);
    const begun = () => existsSync(pids) && readFileSync(pids, 'utf8').trim().split(' ').length > 1;
    await until(begun);
    cancel.abort(new Error('cancelled'));
    // Comes only when nobody holds the pipes of the parent any more, which its child shares.
    await expect(install).rejects.toThrow('cancelled');
    expect(readdirSync(process.env['FIP_CACHE']!)).toEqual([]);
  });

  test('the next one takes away what a killed one has left, and nothing else', async () => {
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    const cache = process.env['FIP_CACHE']!;
    const names = [`.installing-${dead}-x`, `.removing-${dead}-x`, `.installing-${process.pid}-x`];
    for (const name of [...names, 'code-server']) mkdirSync(join(cache, name), { recursive: true });
    await installBackend(recipe('one'), options, engine(), quiet);
    expect(readdirSync(cache).sort()).toEqual(
      [`.installing-${process.pid}-x`, 'code-server', 'tensorflow-4.22.0'].sort(),
    );
  });

  test("goes into an extension's own storage where there is one, and the cache is found, too", async () => {
    await installBackend(recipe('one'), options, engine(), quiet);
    const cached = backendFolder('tensorflow');
    process.env['FIP_BACKENDS'] = join(folder, 'storage');
    expect(packageSources('tensorflow')[0]?.place).toBe(cached);
    await installBackend(recipe('another'), options, engine(), quiet);
    expect(installations(recipe('')).map((one) => one.folder)).toEqual([
      join(folder, 'storage/tensorflow-4.22.0'),
      cached,
    ]);
    expect(installedStamp(recipe(''))?.files[0]?.bytes).toBe('another'.length);
    expect(removeBackend(recipe(''))).toBe(true);
    expect(packageSources('tensorflow')[0]?.place).toBe(cached);
    expect(removeBackend(recipe(''), process.env['FIP_CACHE'])).toBe(true);
    expect(installations(recipe(''))).toEqual([]);
  });

  test('removing undoes it, and says so where there was nothing', async () => {
    await installBackend(recipe('one'), options, engine(), quiet);
    expect(removeBackend(recipe(''))).toBe(true);
    expect(existsSync(backendFolder('tensorflow'))).toBe(false);
    expect(leftovers()).toEqual([]);
    expect(removeBackend(recipe(''))).toBe(false);
  });
});

describe('fip backend', () => {
  const fip = (more: ConstructorParameters<typeof Fip>[2] = {}) => new Fip(folder, engine(), more);

  test('tells what will be fetched, asks, and takes anything but yes for no', async () => {
    const asked: string[] = [];
    const answer = (text: string) => async (question: string) => {
      asked.push(question);
      return text;
    };
    for (const text of ['', 'n', 'maybe']) {
      const cli = fip({ ask: answer(text) });
      expect(await cli.run('backend', 'install', 'tensorflow')).toBe(130);
      expect(cli.stdout.text).toMatch(/@tensorflow\/tfjs-node .*MB/);
      expect(cli.stdout.text).toContain(backendFolder('tensorflow'));
    }
    expect(asked).toEqual(Array(3).fill('Install it? [y/N] '));
    expect(existsSync(backendFolder('tensorflow'))).toBe(false);
  });

  test('does not install unasked where there is nobody to ask', async () => {
    const cli = fip();
    expect(await cli.run('backend', 'install', 'tensorflow')).toBe(2);
    expect(cli.stderr.text).toContain('say --yes');
  });

  test('has nothing to do where the backend is there', async () => {
    await installBackend(recipe('one'), options, engine(), quiet);
    const cli = fip();
    expect(await cli.run('backend', 'install', 'tensorflow', '--yes')).toBe(0);
    expect(cli.stdout.text).toBe('tensorflow is there already: CPU.\n');
    expect(await cli.run('backend', 'list')).toBe(0);
    expect(cli.stdout.text).toContain('tensorflow: installed, from nowhere, for CPU (');
    expect(await cli.run('backend', 'remove', 'tensorflow')).toBe(0);
    expect(existsSync(backendFolder('tensorflow'))).toBe(false);
  });

  test('installs anew what is there and does not work any more', async () => {
    await installBackend(recipe('one'), options, engine(), quiet);
    const broken = new Fip(folder, engine({ available: false, reason: 'A library is gone.' }), {
      ask: async () => 'n',
    });
    expect(await broken.run('backend', 'install', 'tensorflow')).toBe(130);
    expect(broken.stdout.text).toContain('To be fetched');
  });

  test('is cancelled by Ctrl-C, and leaves nothing behind', async () => {
    const waiting: BackendRecipe = {
      ...recipe(''),
      install: async (target, _options, { tell, signal }) => {
        tell('Waiting ...');
        await runTool(process.execPath, ['-e', 'setInterval(() => 0, 1000)'], {
          cwd: target,
          signal,
        });
        throw new Error('It went on.');
      },
    };
    const cli = fip();
    const manners = { yes: true, json: false };
    const code = installByCommand(waiting, options, manners, cli.context);
    await until(() => cli.stdout.text.includes('Waiting'));
    cli.interrupt();
    expect(await code).toBe(130);
    expect(cli.stderr.text).toContain('nothing was left behind');
    expect(readdirSync(process.env['FIP_CACHE']!)).toEqual([]);
  });

  test('speaks JSON to programs', async () => {
    await installBackend(recipe('one'), options, engine(), quiet);
    const cli = fip();
    expect(await cli.run('backend', 'install', 'tensorflow', '--yes', '--json')).toBe(0);
    expect(cli.stdout.lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ name: 'tensorflow', available: true, device: 'CPU' }),
    ]);
  });

  test('says where each lies, and which is damaged', async () => {
    await installBackend(recipe('one'), options, engine(), quiet);
    writeFileSync(join(backendFolder('tensorflow'), 'native.node'), '');
    const cli = fip();
    expect(await cli.run('backend', 'list')).toBe(0);
    expect(cli.stdout.text).toMatch(
      /tensorflow: damaged.*tensorflow-4.22.0\)\nwebgpu: not installed/,
    );
  });

  test.each([
    [['backend'], /list, install and remove/],
    [['backend', 'install'], /name of a backend is missing/],
    [['backend', 'install', 'cuda'], /'cuda' is no backend; there are tensorflow/],
    [['backend', 'remove', '../..'], /'\.\.\/\.\.' is no backend/],
    [['backend', 'install', 'tensorflow', 'now'], /'now' is too much/],
    [['backend', 'install', 'tensorflow', '--from', 'ftp'], /'ftp' is no source/],
  ])('%j is refused with a sentence', async (args, sentence) => {
    const cli = fip();
    expect(await cli.run(...args)).toBe(2);
    expect(cli.stderr.text).toMatch(sentence);
  });
});
