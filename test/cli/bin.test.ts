import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../runs/support';
import { Fip } from './support';

const bin = join(import.meta.dirname, '../../server/bin');
let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

test.each([
  ['fip.cjs', 'cli.js'],
  ['fip-language-server.cjs', 'language-server.js'],
])('%s starts the bundle, and says what to do where there is none', (name, bundle) => {
  mkdirSync(join(folder.path, 'server/bin'), { recursive: true });
  const script = join(folder.path, 'server/bin', name);
  copyFileSync(join(bin, name), script);
  const start = () => spawnSync(process.execPath, [script, 'x'], { encoding: 'utf8' });
  expect(start()).toMatchObject({ status: 2, stdout: '' });
  expect(start().stderr).toContain('Run `npm run build`');
  mkdirSync(join(folder.path, 'dist/server'), { recursive: true });
  writeFileSync(
    join(folder.path, 'dist/server', bundle),
    'console.log(process.argv[2]); process.exitCode = 7;',
  );
  expect(start()).toMatchObject({ status: 7, stdout: 'x\n' });
});

test.skipIf(process.platform === 'win32')('the commands can be executed', () => {
  expect(statSync(join(bin, 'fip.cjs')).mode & 0o111).toBe(0o111);
  expect(statSync(join(bin, 'fip-language-server.cjs')).mode & 0o111).toBe(0o111);
});

test('fip doctor shows the backends that the engine finds, past the chatter of libraries', async () => {
  const engine = join(folder.path, 'engine.cjs');
  const backend = (name: string, available: boolean) => ({
    name,
    available,
    device: available ? 'CPU' : null,
    software: false,
    reason: 'Because.',
    remedy: available ? null : 'Install it.',
  });
  const backends = [backend('tensorflow', false), backend('wasm', true)];
  const report = { node: 'v20.0.0', backends, chosen: 'wasm' };
  writeFileSync(
    engine,
    `console.log('chatter'); console.log(process.argv[2] === '--doctor' ? ${JSON.stringify(JSON.stringify(report))} : '');`,
  );
  const json = new Fip(folder.path, engine);
  expect(await json.run('doctor', '--json')).toBe(0);
  expect(JSON.parse(json.stdout.text)).toEqual(report);
  const human = new Fip(folder.path, engine);
  await human.run('doctor');
  expect(human.stdout.lines).toEqual([
    'Node.js v20.0.0',
    '✗ tensorflow: Because.',
    '    Install it.',
    '✓ wasm on CPU: Because.',
    '`backend: auto` takes wasm.',
  ]);
});

test('fip doctor says so where the engine does not start', async () => {
  const cli = new Fip(folder.path, join(folder.path, 'nowhere.cjs'));
  expect(await cli.run('doctor')).toBe(3);
  expect(cli.stderr.text).toContain('The engine could not be started');
});
