import { closeSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { uptime } from 'node:os';
import { basename } from 'node:path';
import { isEngineAlive } from './process-alive';
import { RunError } from './run-error';
import { runFiles } from './run-folder';

/** Between the making of a lock and the writing of its pid lie microseconds; after this long it is a leftover. */
const EMPTY_LOCK_MS = 5_000;

/**
 * Makes this process the one engine of a run.
 * @throws RunError `fip/run-busy` where another engine works on it
 */
export function takeEngineLock(folder: string): void {
  const { lock } = runFiles(folder);
  for (let attempt = 0; attempt < 3; attempt++) {
    if (tryCreate(lock)) return;
    if (isLocked(folder)) break;
    rmSync(lock, { force: true });
  }
  throw new RunError(
    'fip/run-busy',
    `Another engine is working on the run ${basename(folder)}. Stop that one first.`,
  );
}

/** Gives the run free. */
export function releaseEngineLock(folder: string): void {
  rmSync(runFiles(folder).lock, { force: true });
}

/** Process id of the living engine of a run, or undefined. Never throws. */
export function enginePid(folder: string): number | undefined {
  try {
    const { lock } = runFiles(folder);
    const pid = Number(readFileSync(lock, 'utf8'));
    if (isFromBeforeBoot(statSync(lock).mtimeMs)) return undefined;
    return isEngineAlive(pid, basename(folder)) ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** After a reboot the number belongs to somebody else. A minute is left for clocks that were set. */
function isFromBeforeBoot(milliseconds: number): boolean {
  return milliseconds < Date.now() - uptime() * 1_000 - 60_000;
}

function isLocked(folder: string): boolean {
  return enginePid(folder) !== undefined || isFresh(runFiles(folder).lock);
}

function isFresh(lock: string): boolean {
  try {
    const { size, mtimeMs } = statSync(lock);
    return size === 0 && Date.now() - mtimeMs < EMPTY_LOCK_MS;
  } catch {
    return false;
  }
}

function tryCreate(lock: string): boolean {
  try {
    const file = openSync(lock, 'wx');
    writeSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
