/** Which Node.js an engine runs in. The programs on the PATH are scripts that answer as Node.js of some version would. */
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NodeFinder } from '../../server/src/runs/node-finder';
import { asEditor } from '../as-editor';
import { temporaryFolder } from './support';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => (folder = temporaryFolder()));
afterEach(() => folder.remove());

/** A program that says this; returns its path. */
function program(name: string, words: string): string {
  const path = join(folder.path, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, `#!/bin/sh\necho called >> ${path}.calls\necho '${words}'\n`);
  chmodSync(path, 0o755);
  return path;
}

const node = (name: string, version: string, electron: string | null = null): string =>
  program(name, JSON.stringify([join(folder.path, name), version, electron]));

/** A finder that sees these folders on the PATH. */
const finder = (...folders: string[]): NodeFinder =>
  new NodeFinder({ PATH: folders.map((name) => join(folder.path, name)).join(':') });

describe.skipIf(process.platform === 'win32')('the Node.js on the PATH', () => {
  test('is the first one that is new enough', async () => {
    node('old/node', '18.20.4');
    const good = node('new/node', '22.11.0');
    node('newer/node', '24.0.0');
    const found = await finder('none', 'old', 'new', 'newer').real();
    expect(found).toEqual({ path: good, version: '22.11.0' });
  });

  test.each([
    ['20.10.0', false],
    ['20.11.0', true],
    ['21.0.0', true],
    ['9.11.2', false],
  ])('%s is taken: %s', async (version, taken) => {
    node('bin/node', version);
    const own = { path: process.execPath, version: process.versions.node };
    const found = await finder('bin').real();
    expect(found).toEqual(taken ? { path: join(folder.path, 'bin/node'), version } : own);
  });

  test('is asked once', async () => {
    const path = node('bin/node', '22.11.0');
    const nodes = finder('bin');
    for (let time = 0; time < 3; time++) await nodes.real();
    const { readFileSync } = await import('node:fs');
    expect(readFileSync(`${path}.calls`, 'utf8')).toBe('called\n');
  });

  test('is never one of a relative folder, which would be in the project that is open', async () => {
    node('bin/node', '22.11.0');
    const nodes = new NodeFinder({ PATH: '.::bin' });
    expect((await nodes.real()).path).toBe(process.execPath);
  });

  test('is the real one, behind a link', async () => {
    mkdirSync(join(folder.path, 'bin'));
    symlinkSync(process.execPath, join(folder.path, 'bin/node'));
    const found = await finder('bin').real();
    expect(found).toEqual({ path: process.execPath, version: process.versions.node });
  });
});

describe.skipIf(process.platform === 'win32')('the setting fip.nodePath', () => {
  const named = (path: string): NodeFinder => {
    const nodes = finder('bin');
    nodes.setPath(path);
    return nodes;
  };

  test('wins over the PATH, for every backend', async () => {
    node('bin/node', '22.11.0');
    const path = node('mine', '24.1.0');
    for (const backend of ['auto', 'wasm', 'webgpu'])
      expect(await named(path).forBackend(backend)).toEqual({ path });
  });

  test.each([
    ['a path where nothing is', () => join(folder.path, 'nothing'), 'does not exist'],
    ['a folder', () => folder.path, 'is a folder'],
    ['another program', () => program('python', 'unknown option -e'), 'is not Node.js'],
    ['a program that fails', () => program('fails', '" ; exit 3 ; "'), 'is not Node.js'],
    ['a file that is no program', () => node('x', '22.0.0') + '.calls', 'does not exist'],
    ['a relative path', () => './node', 'is not an absolute path'],
    [
      'an old Node.js',
      () => node('old', '18.20.4'),
      'is Node.js 18.20.4, and 20.11 or newer is needed',
    ],
    ['an editor', () => node('code', '22.1.0', '34.0.0'), "is an editor's own Node.js"],
  ])('that names %s fails every run, and says why', async (_what, make, why) => {
    node('bin/node', '22.11.0');
    const path = make();
    for (const backend of ['auto', 'wasm', 'tensorflow'])
      await expect(named(path).forBackend(backend)).rejects.toMatchObject({
        code: 'fip/no-node',
        message: expect.stringContaining(`The setting fip.nodePath names ${path}, which ${why}`),
      });
  });
});

describe.skipIf(process.platform === 'win32')('in an editor', () => {
  test('wasm runs in the editor itself, whatever is on the PATH', async () => {
    node('bin/node', '22.11.0');
    await asEditor(async () => {
      expect(await finder('bin').forBackend('wasm')).toEqual({ path: process.execPath });
    });
  });

  test('auto and native backends run in the Node.js on the PATH', async () => {
    const path = node('bin/node', '22.11.0');
    await asEditor(async () => {
      for (const backend of ['auto', 'tensorflow', 'webgpu'])
        expect(await finder('bin').forBackend(backend)).toEqual({ path });
    });
  });

  test('without one, auto goes on and says why, and native backends refuse to start', async () => {
    await asEditor(async () => {
      const nodes = finder('bin');
      expect(await nodes.forBackend('auto')).toEqual({
        path: process.execPath,
        trouble: 'there is no Node.js on the PATH',
      });
      for (const backend of ['tensorflow', 'webgpu'])
        await expect(nodes.forBackend(backend)).rejects.toMatchObject({
          code: 'fip/no-node',
          message:
            'Native backends need a Node.js of their own. There is no Node.js on the PATH. Install Node.js 20.11 or newer (https://nodejs.org) and start the editor anew, or set fip.nodePath to its path.',
        });
      const path = node('bin/node', '16.0.0');
      expect((await nodes.forBackend('auto')).trouble).toBe(
        `${path} is Node.js 16.0.0, and 20.11 or newer is needed`,
      );
      // One that is installed now is found now.
      node('bin/node', '22.11.0');
      expect(await nodes.forBackend('webgpu')).toEqual({ path });
    });
  });
});
