import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The native backends, and the version of TensorFlow.js that all of them are built on. */
export type NativeBackend = 'tensorflow' | 'webgpu';
export const TFJS_VERSION = '4.22.0';

/** Written last by the installation of a backend: a folder without one is not complete. */
export const STAMP_NAME = 'fip-backend.json';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where native backends are installed, outside of any clone or extension, so that all of them share the gigabyte:
 * FIP_CACHE where it is set, else fip-lab in the cache folder that the platform gives its users.
 */
export function backendsFolder(env: Environment = process.env): string {
  if (env['FIP_CACHE']) return env['FIP_CACHE'];
  const home = homedir();
  if (process.platform === 'win32')
    return join(env['LOCALAPPDATA'] ?? join(home, 'AppData/Local'), 'fip-lab/Cache');
  if (process.platform === 'darwin') return join(home, 'Library/Caches/fip-lab');
  return join(env['XDG_CACHE_HOME'] ?? join(home, '.cache'), 'fip-lab');
}

/** The folder of one backend, whether or not it is there. */
export function backendFolder(name: NativeBackend, env?: Environment): string {
  return join(backendsFolder(env), `${name}-${TFJS_VERSION}`);
}

/** A place to load packages from. */
export interface PackageSource {
  require: NodeJS.Require;
  /** In words, for messages. */
  place: string;
}

/** Where the packages of a backend may lie, most deliberate first: what was installed for FIP Lab, then beside it. */
export function packageSources(name: NativeBackend): PackageSource[] {
  const folder = backendFolder(name);
  const beside = { require: createRequire(__filename), place: 'beside FIP Lab' };
  if (!existsSync(join(folder, STAMP_NAME))) return [beside];
  return [{ require: createRequire(join(folder, 'package.json')), place: folder }, beside];
}
