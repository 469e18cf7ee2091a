import { existsSync, readFileSync, statSync } from 'node:fs';
import type { RunEvent } from '../protocol/generated';
import type { RunStatus } from '../protocol/messages';
import { enginePid } from './engine-lock';
import { runFiles } from './run-folder';

/** A folder without an engine is `starting`, not `interrupted`, for as long as an engine takes to come up. */
const START_MS = 5_000;
const REASON_BYTES = 2_000;

/** How the run in `folder` stands, from its last event and its engine. */
export function runStatus(folder: string, last: RunEvent | undefined): RunStatus {
  if (last?.event === 'run-ended') return last.status;
  const files = runFiles(folder);
  if (enginePid(folder) === undefined)
    return last || isOld(files.facts) ? 'interrupted' : 'starting';
  if (existsSync(files.stop)) return 'stopping';
  return last ? 'running' : 'starting';
}

/** Why an engine ended without a last word: the end of what it wrote to stderr. */
export function interruptedReason(folder: string): string {
  const said = logTail(runFiles(folder).log);
  const sentence = 'The engine ended without a last word. Resume the run to go on.';
  return said ? `${sentence} It said:\n${said}` : sentence;
}

function logTail(path: string): string {
  try {
    return readFileSync(path).subarray(-REASON_BYTES).toString('utf8').trim();
  } catch {
    return '';
  }
}

function isOld(path: string): boolean {
  try {
    return Date.now() - statSync(path).mtimeMs > START_MS;
  } catch {
    return true;
  }
}
