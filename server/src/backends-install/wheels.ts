import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InstallError } from './install-error';
import { runTool } from './run-tool';

/** A package on PyPI, taken for the native code inside of it: no Python runs it, so one Python's wheel serves all. */
export interface Wheel {
  package: string;
  version: string;
  /** Known where the wheel was tried. */
  sha256?: string;
}

/** The platforms whose wheels run wherever TensorFlow's do, newest first. */
const PLATFORMS = ['manylinux_2_27', 'manylinux_2_17', 'manylinux2014', 'manylinux2010'];

/** Copies members of archives, without their folders where asked so. Never writes outside of its folder. */
const EXTRACT = `
import os, shutil, sys, zipfile
wheel, folder, flat, *patterns = sys.argv[1:]
from fnmatch import fnmatch
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        if name.endswith('/') or not any(fnmatch(name, pattern) for pattern in patterns): continue
        if flat == 'flat':
            with archive.open(name) as source, open(os.path.join(folder, os.path.basename(name)), 'wb') as target:
                shutil.copyfileobj(source, target)
        else: archive.extract(name, folder)
`;

/**
 * Lets pip fetch wheels into a folder, and check them against the checksums that we know, or else against the index's.
 * @returns the paths of the files
 * @throws InstallError
 */
export async function fetchWheels(
  wheels: readonly Wheel[],
  folder: string,
  signal?: AbortSignal,
): Promise<string[]> {
  const lines = wheels.map(({ package: name, version, sha256 }) => {
    const hash = sha256 === undefined ? '' : ` --hash=sha256:${sha256}`;
    return `${name}==${version}${hash}\n`;
  });
  writeFileSync(join(folder, 'wanted.txt'), lines.join(''));
  await runPip(folder, signal);
  const files = readdirSync(folder).filter((entry) => entry.endsWith('.whl'));
  if (files.length < wheels.length)
    throw new InstallError('pip said that all is well but left no wheel.');
  return files.map((name) => join(folder, name));
}

async function runPip(folder: string, signal: AbortSignal | undefined): Promise<void> {
  const machine = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
  const abis = ['cp311', 'none'].flatMap((abi) => ['--abi', abi]);
  const python = ['--python-version', '3.11', '--implementation', 'cp', ...abis];
  const platforms = PLATFORMS.flatMap((name) => ['--platform', `${name}_${machine}`]);
  const options = ['--no-deps', '--no-cache-dir', '--only-binary=:all:', '--progress-bar', 'off'];
  const pip = ['-m', 'pip', '--no-input', '--disable-pip-version-check', 'download', '-q'];
  const files = ['-r', 'wanted.txt', '-d', '.'];
  try {
    const args = [...pip, ...options, ...python, ...platforms, ...files];
    await runTool('python3', args, { cwd: folder, signal });
  } catch (error) {
    if (!(error instanceof InstallError)) throw error;
    throw new InstallError(
      `pip could not fetch the wheels: check the network and, behind a proxy, pip's own settings for it. ${error.message}`,
    );
  }
}

/** How members of a wheel are laid down: with their folders, or all in one. */
export type Layout = 'tree' | 'flat';

/**
 * Takes the members of a wheel whose paths match one of some patterns, and then removes the wheel.
 * @throws InstallError
 */
export async function unpackWheel(
  wheel: string,
  folder: string,
  layout: Layout,
  patterns: readonly string[],
  signal?: AbortSignal,
): Promise<void> {
  await runTool('python3', ['-c', EXTRACT, wheel, folder, layout, ...patterns], {
    cwd: folder,
    signal,
  });
  rmSync(wheel);
}
