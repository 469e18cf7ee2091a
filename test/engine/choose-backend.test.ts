import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { backendFolder, backendsFolder } from '../../server/src/engine/backends/backend-folders';
import {
  chooseBackend,
  probeBackends,
  testBackend,
} from '../../server/src/engine/backends/choose-backend';
import { openGpu } from '../../server/src/engine/backends/gpu-device';
import { loadApart } from '../../server/src/engine/backends/load-apart';
import { loadPackages } from '../../server/src/engine/backends/missing-backend';
import { asEditor } from '../as-editor';

let cache: string;
let before: string | undefined;
beforeEach(() => {
  before = process.env['FIP_CACHE'];
  cache = mkdtempSync(join(tmpdir(), 'fip-backends-'));
  process.env['FIP_CACHE'] = cache;
});
afterEach(() => {
  if (before === undefined) delete process.env['FIP_CACHE'];
  else process.env['FIP_CACHE'] = before;
  rmSync(cache, { recursive: true, force: true });
});

test('a backend that does not exist is refused by name', async () => {
  await expect(chooseBackend('metal')).rejects.toMatchObject({
    code: 'fip/backend-unavailable',
    pointer: '/backend',
    message: expect.stringMatching(/no backend 'metal'; there are .*tensorflow, wasm/),
  });
});

test('the self-test of wasm finds nothing wrong', async () => {
  expect(await testBackend('wasm')).toMatchObject({ available: true, remedy: null });
});

test('what is missing is told apart from what is broken, and neither speaks of modules', async () => {
  const load = () => loadPackages('tensorflow', (require) => require('@tensorflow/no-such-thing'));
  await expect(load()).rejects.toThrow('it is not installed');
  const folder = backendFolder('tensorflow');
  mkdirSync(join(folder, 'node_modules/@tensorflow/tfjs-node'), { recursive: true });
  writeFileSync(join(folder, 'fip-backend.json'), '{}');
  writeFileSync(
    join(folder, 'node_modules/@tensorflow/tfjs-node/index.js'),
    `throw new Error('libtensorflow.so.2: cannot open shared object file.\\n  Some stack');`,
  );
  await expect(
    loadPackages('tensorflow', (require) => require('@tensorflow/tfjs-node') as object),
  ).rejects.toThrow(
    `it is installed (${folder}) but does not load: libtensorflow.so.2: cannot open shared object file`,
  );
});

test('inside an editor native code is not tried, and the reason says what to do', async () => {
  process.env['FIP_NODE_TROUBLE'] = 'there is no Node.js on the PATH';
  await asEditor(async () => {
    const { backend, choice } = await chooseBackend('auto');
    expect(backend.name).toBe('wasm');
    expect(choice.reason).toMatch(
      /webgpu: it cannot work inside the editor's own Node.js, and there is no Node.js on the PATH; tensorflow likewise\. Install Node.js 20.11 or newer .* or set fip.nodePath/,
    );
    const { backends, chosen } = await probeBackends();
    expect(chosen).toBe('wasm');
    for (const status of backends.filter(({ name }) => name !== 'wasm'))
      expect(status).toMatchObject({
        available: false,
        reason: expect.stringContaining("inside the editor's own Node.js"),
        remedy: expect.stringMatching(/^Install Node.js/),
      });
  });
  delete process.env['FIP_NODE_TROUBLE'];
});

test('copies of TensorFlow.js that are loaded apart share no engine', async () => {
  const here = await import('@tensorflow/tfjs-core');
  type Core = typeof here;
  const load = createRequire(__filename);
  const core = load.resolve('@tensorflow/tfjs-core');
  const [one, other] = [1, 2].map(() => loadApart(() => load(core) as Core));
  expect(one!.engine()).not.toBe(other!.engine());
  expect(one!.engine()).not.toBe(here.engine());
  expect(one!.env()).not.toBe(here.env());
  expect(globalThis).not.toHaveProperty('window');
  expect((load(core) as Core).engine()).toBe(here.engine());
});

test('native backends lie where the platform keeps what can be fetched again', () => {
  expect(backendsFolder({ FIP_CACHE: '/somewhere' })).toBe('/somewhere');
  if (process.platform === 'linux')
    expect(backendsFolder({ XDG_CACHE_HOME: '/caches' })).toBe('/caches/fip-lab');
});

test('without a graphics device, the remedy is a driver and not another installation', async () => {
  const dawn = { create: () => ({ requestAdapter: () => Promise.resolve(null) }), globals: {} };
  await expect(openGpu(dawn)).rejects.toMatchObject({
    code: 'fip/backend-unavailable',
    message: expect.stringContaining('no graphics device was found'),
    remedy: expect.stringMatching(/install its driver for/),
  });
});
