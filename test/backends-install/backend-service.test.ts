/** Native backends as the language server manages them, with an engine and a command line that pretend. */
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BackendService } from '../../server/src/backends-install/backend-service';
import { thisPlatform } from '../../server/src/backends-install/stamp';
import { backendFolder } from '../../server/src/engine/backends/backend-folders';
import { NodeFinder } from '../../server/src/runs/node-finder';
import { asEditor } from '../as-editor';
import { temporaryFolder, until } from '../runs/support';

let folder: ReturnType<typeof temporaryFolder>;
let before: string | undefined;
beforeEach(() => {
  folder = temporaryFolder();
  before = process.env['FIP_CACHE'];
  process.env['FIP_CACHE'] = join(folder.path, 'cache');
  process.env['FIP_BACKENDS'] = join(folder.path, 'storage');
});
afterEach(() => {
  delete process.env['FIP_BACKENDS'];
  if (before === undefined) delete process.env['FIP_CACHE'];
  else process.env['FIP_CACHE'] = before;
  folder.remove();
});

function script(name: string, text: string): string {
  const path = join(folder.path, name);
  writeFileSync(path, text);
  return path;
}

const status = (name: string, more: object) => ({
  name,
  available: false,
  device: null,
  software: false,
  reason: 'It is not installed.',
  remedy: null,
  ...more,
});

/** An engine whose doctor finds these backends, and a command line that does `cli`. */
function service(backends: object[] = [], cli = '', nodes = new NodeFinder({})): BackendService {
  const report = JSON.stringify({ node: 'v20', backends, chosen: 'wasm' });
  const engineScript = script('engine.cjs', `console.log(${JSON.stringify(report)})`);
  return new BackendService({ engineScript, cliScript: script('cli.cjs', cli), nodes });
}

/** Puts a backend where it would be installed. */
function installed(storage: string, name: 'tensorflow' | 'webgpu', variant: string): string {
  const place = backendFolder(name, join(folder.path, storage));
  mkdirSync(place, { recursive: true });
  const stamp = { recipe: 1, variant, origin: 'npm', platform: thisPlatform(), versions: {} };
  const text = JSON.stringify({ ...stamp, device: 'GPU (Fast)', files: [] });
  writeFileSync(join(place, 'fip-backend.json'), text);
  return place;
}

describe('the list', () => {
  test('says what works and why the others do not', async () => {
    installed('storage', 'webgpu', 'any');
    const found = await service([
      status('webgpu', { available: true, device: 'GPU (Fast)' }),
      status('tensorflow', { reason: 'It is installed but does not load: no libstdc++.' }),
    ]).list();
    expect(found.folder).toBe(join(folder.path, 'storage'));
    const states = found.offers.filter(({ cuda }) => !cuda).map((one) => [one.name, one.state]);
    expect(Object.fromEntries(states)).toEqual({
      webgpu: 'It works, on GPU (Fast).',
      tensorflow: 'It is installed but does not load: no libstdc++.',
    });
    for (const { plan } of found.offers) expect(plan.join()).toMatch(/MB/);
  });

  test.runIf(process.platform === 'linux' && process.arch === 'x64')(
    'tells the kind that is installed from the other',
    async () => {
      installed('cache', 'tensorflow', 'cuda');
      const works = status('tensorflow', { available: true, device: 'GPU (CUDA)' });
      const { offers } = await service([works]).list();
      const kinds = offers.filter(({ name }) => name === 'tensorflow');
      expect(kinds.map(({ cuda, works }) => [cuda, works])).toEqual([
        [false, false],
        [true, true],
      ]);
    },
  );

  test('holds what was installed here and by the command line', async () => {
    const own = installed('storage', 'webgpu', 'any');
    const shared = installed('cache', 'tensorflow', 'cpu');
    expect((await service().list()).installed).toEqual([
      { name: 'tensorflow', folder: shared, own: false, description: 'npm, for GPU (Fast)' },
      { name: 'webgpu', folder: own, own: true, description: 'npm, for GPU (Fast)' },
    ]);
  });

  test('says what to do where there is no Node.js, and still what is installed', async () => {
    installed('storage', 'webgpu', 'any');
    const found = await asEditor(() => service().list());
    expect(found.noNode).toMatch(/no Node\.js on the PATH\. Install Node\.js/);
    expect(found.offers).toEqual([]);
    expect(found.installed).toHaveLength(1);
  });
});

describe('installing', () => {
  const webgpu = { name: 'webgpu', cuda: false };
  const say = (value: object) => `console.log(${JSON.stringify(JSON.stringify(value))});`;

  test('runs the command line in the Node.js that was found, and tells what it does', async () => {
    const cli = `
      require('fs').writeFileSync(__dirname + '/args', JSON.stringify([process.execPath, ...process.argv.slice(2)]));
      ${say({ progress: 'Fetching it ...' })}
      ${say({ progress: 'Testing it ...' })}
      ${say(status('webgpu', { available: true, device: 'GPU (Soft)', software: true }))}`;
    const told: string[] = [];
    const result = await service([], cli).install(
      { name: 'tensorflow', cuda: true },
      { tell: (line) => told.push(line) },
    );
    expect(told).toEqual(['Fetching it ...', 'Testing it ...']);
    expect(result).toMatchObject({
      outcome: 'installed',
      device: 'GPU (Soft)',
      note: expect.stringMatching(/emulated on the CPU/),
    });
    expect(JSON.parse(readFileSync(join(folder.path, 'args'), 'utf8'))).toEqual([
      process.execPath,
      ...['backend', 'install', 'tensorflow', '--yes', '--json', '--cuda'],
    ]);
  });

  test('gives the words of a failure', async () => {
    const cli = `console.error('webgpu was not installed. npm was not found.'); process.exitCode = 3;`;
    expect(await service([], cli).install(webgpu, { tell: () => undefined })).toEqual({
      outcome: 'failed',
      reason: 'webgpu was not installed. npm was not found.',
    });
  });

  test('does not pass for done where the command line dies without a word', async () => {
    const result = await service([], 'process.exit(0)').install(webgpu, { tell: () => undefined });
    expect(result.outcome).toBe('failed');
  });

  test('closes the channel to cancel, waits for the end, and takes no second one meanwhile', async () => {
    const cli = `
      ${say({ progress: 'Fetching it ...' })}
      process.on('disconnect', () => setTimeout(() => {
        require('fs').writeFileSync(__dirname + '/tidied', '');
        process.exit(130);
      }, 50));`;
    const cancel = new AbortController();
    const told: string[] = [];
    const backends = service([], cli);
    const tools = { tell: (line: string) => void told.push(line), signal: cancel.signal };
    const result = backends.install(webgpu, tools);
    await until(() => told.length > 0);
    expect(await backends.install(webgpu, tools)).toMatchObject({
      reason: expect.stringContaining('webgpu is being installed'),
    });
    cancel.abort(new Error('cancelled'));
    expect(await result).toEqual({ outcome: 'cancelled' });
    expect(existsSync(join(folder.path, 'tidied'))).toBe(true);
  });

  test('fails with what to do where the named Node.js is too old', async () => {
    const old = script('old-node', `#!/bin/sh\necho '["/old", "18.0.0", null]'\n`);
    chmodSync(old, 0o755);
    const nodes = new NodeFinder({});
    nodes.setPath(old);
    const result = await service([], '', nodes).install(webgpu, { tell: () => undefined });
    expect(result).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('20.11 or newer'),
    });
  });
});

describe('removing', () => {
  test('takes away the folder that it was asked for, in the storage or in the cache', () => {
    const own = installed('storage', 'webgpu', 'any');
    const shared = installed('cache', 'webgpu', 'any');
    const backends = service();
    expect(backends.remove({ name: 'webgpu', folder: shared })).toBeNull();
    expect([existsSync(own), existsSync(shared)]).toEqual([true, false]);
    expect(backends.remove({ name: 'webgpu', folder: own })).toBeNull();
    expect(backends.remove({ name: 'webgpu', folder: own })).toContain('not installed');
  });

  test('touches no other folder', () => {
    const other = join(folder.path, 'precious');
    mkdirSync(other);
    expect(service().remove({ name: 'webgpu', folder: other })).toContain('not installed');
    expect(existsSync(other)).toBe(true);
  });
});
