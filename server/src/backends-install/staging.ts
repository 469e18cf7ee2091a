import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { InstallError } from './install-error';

/** Folders that are made and taken away beside the real ones, by the process whose id is in their names. */
const TEMPORARY = /^\.(?:installing|removing)-(\d+)-/;

/** A new, empty folder beside the real ones, to make something in. */
export function stagingFolder(storage: string): string {
  mkdirSync(storage, { recursive: true });
  sweep(storage);
  return mkdtempSync(join(storage, `.installing-${process.pid}-`));
}

/** Takes away what processes that were killed have left. */
function sweep(storage: string): void {
  for (const name of readdirSync(storage)) {
    const pid = TEMPORARY.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid)))
      rmSync(join(storage, name), { recursive: true, force: true });
  }
}

/** Whether a process of this number lives. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Moves a folder to its place, where the one that was there goes only once the new one stands.
 * @throws InstallError where the old one is in use
 */
export function putInPlace(from: string, to: string): void {
  const old = existsSync(to) ? setAside(to) : undefined;
  try {
    renameSync(from, to);
  } catch (error) {
    if (old !== undefined) renameSync(old, to);
    throw error;
  }
  if (old !== undefined) discard(old);
}

/**
 * Removes a folder. It is moved away first: nothing half removed is ever found.
 * @throws InstallError where it is in use
 */
export function removeWhole(folder: string): void {
  discard(setAside(folder));
}

/** Some systems do not move a folder of which a library is loaded. */
function setAside(folder: string): string {
  const aside = mkdtempSync(join(dirname(folder), `.removing-${process.pid}-`));
  const moved = join(aside, basename(folder));
  try {
    renameSync(folder, moved);
  } catch (error) {
    rmSync(aside, { recursive: true, force: true });
    const detail = error instanceof Error ? error.message : String(error);
    throw new InstallError(
      `${folder} cannot be moved (${detail}). Stop the runs that compute on it, then try again.`,
    );
  }
  return moved;
}

function discard(moved: string): void {
  rmSync(dirname(moved), { recursive: true, force: true });
}
