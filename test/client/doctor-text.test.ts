import { describe, expect, test } from 'vitest';
import { doctorPage, type Installation } from '../../client/src/doctor/doctor-text';
import type { BackendStatus, DoctorReport } from '../../server/src/protocol/generated';
import { t } from './plain-words';

const installation: Installation = {
  extensionVersion: '1.2.3',
  editor: 'Code 1.95.0',
  system: 'linux, x64: 2 processors (a | b), 8 GiB of memory',
  dataRoot: { path: '', exists: false },
  trusted: true,
};

const works: BackendStatus = {
  ...{ name: 'wasm', available: true, device: 'CPU (WebAssembly)', software: false },
  ...{ reason: 'It is always there.', remedy: null },
};

const missing: BackendStatus = {
  ...{ name: 'webgpu', available: false, device: null, software: false },
  ...{ reason: 'No device <b> was\nfound.', remedy: 'Run Install Backend.' },
};

const report: DoctorReport = { node: '22.0.0', chosen: 'wasm', backends: [works, missing] };

const page = (changes: Partial<Installation> = {}) =>
  doctorPage(report, { ...installation, ...changes }, t);

describe("the Doctor's page", () => {
  test('says what `auto` takes, and how each backend stands', () => {
    expect(page()).toContain('`backend: auto` takes **wasm**, on CPU (WebAssembly).');
    expect(page()).toContain(
      '| **wasm** | ✓\u00a0works | CPU (WebAssembly) | It is always there. |',
    );
    expect(page()).toContain('| **webgpu** | ✗\u00a0missing | – | No device \\<b\\> was found. |');
  });

  test('says what to do for those that are missing, and nothing where none is', () => {
    expect(page()).toMatch(
      /## What to do for the others\n\n- \*\*webgpu\*\*: Run Install Backend\./,
    );
    const whole = doctorPage({ ...report, backends: [works] }, installation, t);
    expect(whole).not.toContain('What to do');
  });

  test('marks an emulated device', () => {
    const emulated = { ...works, name: 'webgpu', software: true };
    const found = doctorPage({ ...report, backends: [emulated] }, installation, t);
    expect(found).toContain('| CPU (WebAssembly) (emulated) |');
  });

  test('tells of the installation: versions, machine, data', () => {
    expect(page()).toContain('- FIP Lab 1.2.3 in Code 1.95.0\n- Runs use Node.js 22.0.0\n');
    expect(page()).toContain(String.raw`2 processors (a \| b)`);
    expect(page()).toContain('beside each spec');
    expect(page({ dataRoot: { path: '/data', exists: true } })).toContain(
      'looked up in /data first',
    );
    expect(page({ dataRoot: { path: '/gone', exists: false } })).toContain(
      '/gone, which is no folder',
    );
  });

  test('says that nothing is run in a workspace that is not trusted', () => {
    expect(page()).not.toContain('not trusted');
    expect(page({ trusted: false })).toContain('This workspace is not trusted');
  });

  test('where no engine starts, says why and what to do', () => {
    const found = doctorPage({ problem: 'There is no Node.js at /x.' }, installation, t);
    expect(found).toContain('**No run can be started.** There is no Node.js at /x.');
    expect(found).toContain('Set `fip.nodePath`');
    expect(found).not.toContain('Runs use Node.js');
  });
});
