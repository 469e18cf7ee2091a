import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The native backends, and the version of TensorFlow.js that all of them are built on. */
export type NativeBackend = 'tensorflow' | 'webgpu';
export const TFJS_VERSION = '4.22.0';

/** Written last by the installation of a backend: a folder without one is not complete. */
export const STAMP_NAME = 'fip-backend.json';

/** Where an installation with CUDA has its libraries, inside of its folder. */
export const CUDA_FOLDER = 'cuda';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The folder that native backends are installed into: FIP_BACKENDS, which an editor sets to the storage of its extension,
 * else the cache folder, which all clones share.
 */
export function backendsFolder(env: Environment = process.env): string {
  return env['FIP_BACKENDS'] || cacheFolder(env);
}

/** The folders that native backends are looked for in, that for installing first. */
export function backendsFolders(env: Environment = process.env): string[] {
  return [...new Set([backendsFolder(env), cacheFolder(env)])];
}

/** FIP_CACHE where it is set, else fip-lab in the cache folder that the platform gives its users. */
function cacheFolder(env: Environment): string {
  if (env['FIP_CACHE']) return env['FIP_CACHE'];
  const home = homedir();
  if (process.platform === 'win32')
    return join(env['LOCALAPPDATA'] ?? join(home, 'AppData/Local'), 'fip-lab/Cache');
  if (process.platform === 'darwin') return join(home, 'Library/Caches/fip-lab');
  return join(env['XDG_CACHE_HOME'] ?? join(home, '.cache'), 'fip-lab');
}

/** The folder of one backend, whether or not it is there. */
export function backendFolder(name: NativeBackend, storage: string = backendsFolder()): string {
  return join(storage, `${name}-${TFJS_VERSION}`);
}

/** The folders of a backend that were installed in full. */
export function installedFolders(name: NativeBackend, env?: Environment): string[] {
  return backendsFolders(env)
    .map((storage) => backendFolder(name, storage))
    .filter((folder) => existsSync(join(folder, STAMP_NAME)));
}

/** A place to load packages from. */
export interface PackageSource {
  require: NodeJS.Require;
  /** In words, for messages. */
  place: string;
}

/** Where the packages of a backend may lie, most deliberate first: what was installed for FIP Lab, then beside it. */
export function packageSources(name: NativeBackend): PackageSource[] {
  const installed = installedFolders(name).map((folder) => ({
    require: createRequire(join(folder, 'package.json')),
    place: folder,
  }));
  return [...installed, { require: createRequire(__filename), place: 'beside FIP Lab' }];
}
