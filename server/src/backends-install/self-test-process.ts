import { execFile } from 'node:child_process';
import type { BackendStatus } from '../protocol/generated';
import { engineEnvironment } from '../runs/engine-environment';

/** A native backend loads in seconds; an emulated GPU may take longer. */
const TIMEOUT_MS = 120_000;

/**
 * Starts a backend in a fresh process and holds it against plain arithmetic there.
 * @param storage where the backends' folders lie, instead of where they are looked for otherwise
 */
export function selfTestInProcess(
  engineScript: string,
  name: string,
  storage?: string,
): Promise<BackendStatus> {
  const places = storage === undefined ? {} : { FIP_BACKENDS: storage, FIP_CACHE: storage };
  const env = engineEnvironment({ ...process.env, ...places });
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [engineScript, '--self-test', name],
      { env, timeout: TIMEOUT_MS, windowsHide: true },
      (error, stdout, stderr) => {
        const line = stdout.trim().split('\n').at(-1) ?? '';
        resolve(
          parse(line) ?? crashed(name, stderr.trim() || (error?.message ?? 'no reason given')),
        );
      },
    );
  });
}

function parse(line: string): BackendStatus | undefined {
  try {
    return JSON.parse(line) as BackendStatus;
  } catch {
    return undefined;
  }
}

function crashed(name: string, detail: string): BackendStatus {
  const reason = `Its process ended without an answer: ${detail.slice(-500)}`;
  return { name, available: false, device: null, software: false, reason, remedy: null };
}
