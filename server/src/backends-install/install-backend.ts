import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { backendFolder, backendsFolder } from '../engine/backends/backend-folders';
import type { BackendStatus } from '../protocol/generated';
import type { BackendRecipe, InstallOptions, Tell } from './backend-recipe';
import { InstallError } from './install-error';
import { selfTestInProcess } from './self-test-process';
import { readStamp, RECIPE, stampFile, thisPlatform, writeStamp, type Stamp } from './stamp';

/**
 * Installs a backend beside its place, tests it there in a process of its own, and moves it to its place only then: what
 * was there before stays until the new one works, and nothing half done is ever found.
 * @returns what it computes on
 * @throws InstallError
 */
export async function installBackend(
  recipe: BackendRecipe,
  options: InstallOptions,
  engineScript: string,
  tell: Tell,
): Promise<BackendStatus> {
  const storage = backendsFolder();
  mkdirSync(storage, { recursive: true });
  const staging = mkdtempSync(join(storage, '.installing-'));
  try {
    const status = await installAt(staging, recipe, options, engineScript, tell);
    putInPlace(backendFolder(recipe.name, { FIP_CACHE: staging }), backendFolder(recipe.name));
    return status;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

async function installAt(
  staging: string,
  recipe: BackendRecipe,
  options: InstallOptions,
  engineScript: string,
  tell: Tell,
): Promise<BackendStatus> {
  const folder = backendFolder(recipe.name, { FIP_CACHE: staging });
  mkdirSync(folder);
  const { nativeFiles, ...installed } = await recipe.install(folder, options, tell);
  tell('Testing it ...');
  const files = await Promise.all(nativeFiles.map((path) => stampFile(folder, path)));
  const variant = recipe.variant(options);
  const common = { recipe: RECIPE, variant, platform: thisPlatform(), ...installed, files };
  // The loader takes only a folder with a stamp.
  writeStamp(folder, { ...common, device: '' });
  const status = await selfTestInProcess(engineScript, recipe.name, staging);
  if (!status.available)
    throw new InstallError(`It was installed but does not work, and was removed. ${status.reason}`);
  writeStamp(folder, { ...common, device: status.device ?? '' });
  return status;
}

function putInPlace(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  renameSync(from, to);
}

/** What is installed of a backend, whole and for this machine. */
export function installedStamp({ name }: BackendRecipe): Stamp | undefined {
  return readStamp(backendFolder(name));
}

/** Removes what was installed of a backend; returns whether there was something. */
export function removeBackend({ name }: BackendRecipe): boolean {
  const folder = backendFolder(name);
  if (!existsSync(folder)) return false;
  // Moved first: nothing half removed is ever found.
  const doomed = join(mkdtempSync(join(dirname(folder), '.removing-')), name);
  renameSync(folder, doomed);
  rmSync(dirname(doomed), { recursive: true, force: true });
  return true;
}
