import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { backendFolder, backendsFolder, backendsFolders } from '../engine/backends/backend-folders';
import type { BackendStatus } from '../protocol/generated';
import type { BackendRecipe, InstallOptions, InstallTools } from './backend-recipe';
import { InstallError } from './install-error';
import { selfTestInProcess } from './self-test-process';
import { putInPlace, removeWhole, stagingFolder } from './staging';
import { readStamp, RECIPE, stampFile, thisPlatform, writeStamp, type Stamp } from './stamp';

/**
 * Installs a backend beside its place, tests it there in a process of its own, and moves it to its place only then: what
 * was there before stays until the new one works, and nothing half done is ever found.
 * @returns what it computes on
 * @throws InstallError; the reason of the signal where that came
 */
export async function installBackend(
  recipe: BackendRecipe,
  options: InstallOptions,
  engineScript: string,
  tools: InstallTools,
): Promise<BackendStatus> {
  const staging = stagingFolder(backendsFolder());
  try {
    const status = await installAt(staging, recipe, options, engineScript, tools);
    tools.signal?.throwIfAborted();
    putInPlace(backendFolder(recipe.name, staging), backendFolder(recipe.name));
    return status;
  } finally {
    rmSync(staging, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function installAt(
  staging: string,
  recipe: BackendRecipe,
  options: InstallOptions,
  engineScript: string,
  tools: InstallTools,
): Promise<BackendStatus> {
  const folder = backendFolder(recipe.name, staging);
  mkdirSync(folder);
  const { nativeFiles, ...installed } = await recipe.install(folder, options, tools);
  tools.tell('Testing it ...');
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

/** A backend that lies in one of the folders that are looked into. */
export interface Installation {
  name: BackendRecipe['name'];
  folder: string;
  /** What it is; undefined where it is damaged, or was made for another machine. */
  stamp: Stamp | undefined;
}

/** Where a backend is installed, the one that is loaded first. */
export function installations({ name }: BackendRecipe): Installation[] {
  return backendsFolders()
    .map((storage) => backendFolder(name, storage))
    .filter(existsSync)
    .map((folder) => ({ name, folder, stamp: readStamp(folder) }));
}

/** What is installed of a backend, whole and for this machine. */
export function installedStamp(recipe: BackendRecipe): Stamp | undefined {
  return installations(recipe).find(({ stamp }) => stamp)?.stamp;
}

/**
 * Removes what was installed of a backend; returns whether there was something.
 * @param storage the folder that it was installed into, the own one when left out
 * @throws InstallError
 */
export function removeBackend({ name }: BackendRecipe, storage = backendsFolder()): boolean {
  const folder = backendFolder(name, storage);
  if (!existsSync(folder)) return false;
  removeWhole(folder);
  return true;
}
