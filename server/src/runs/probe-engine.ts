import { execFile } from 'node:child_process';
import type { DoctorReport } from '../protocol/generated';
import { engineEnvironment } from './engine-environment';
import { engineNode, type EngineCommand } from './launch-engine';
import { RunError } from './run-error';

/** A native backend loads in seconds; one that hangs must not hang the doctor. */
const TIMEOUT_MS = 60_000;

/**
 * Tries the backends in a process of its own, which a faulty native one may take down.
 * @throws RunError `fip/no-node` where the user names a Node.js that is none, `fip/engine-not-started`
 */
export async function probeEngine(command: EngineCommand): Promise<DoctorReport> {
  const node = await engineNode(command, 'auto');
  const env = engineEnvironment(process.env, node);
  return new Promise((resolve, reject) => {
    execFile(
      node.path,
      [command.engineScript, '--doctor'],
      { env, timeout: TIMEOUT_MS, windowsHide: true },
      (error, stdout, stderr) => {
        const report = parseReport(stdout);
        if (report) resolve(report);
        else reject(notStarted(node.path, stderr.trim() || (error?.message ?? '')));
      },
    );
  });
}

/** Native libraries may print lines of their own before the report. */
function parseReport(stdout: string): DoctorReport | undefined {
  try {
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as DoctorReport;
  } catch {
    return undefined;
  }
}

function notStarted(nodePath: string, detail: string): RunError {
  return new RunError(
    'fip/engine-not-started',
    `The engine could not be started with ${nodePath} (${detail.slice(-500)}).`,
  );
}
