import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { engineEnvironment } from './engine-environment';
import { RunError } from './run-error';
import { runFiles } from './run-folder';

/** How engines are started. */
export interface EngineCommand {
  /** The bundled engine process. */
  engineScript: string;
  /** The Node.js to run it with; that of this process when left out. */
  nodePath?: string | undefined;
}

/**
 * Starts the engine of a run in a process of its own, which outlives this one.
 * It is followed through the files that it writes: a pipe would stall it whenever its reader does.
 * @returns the child
 * @throws RunError `fip/engine-not-started`
 */
export async function launchEngine(
  folder: string,
  resume: boolean,
  { engineScript, nodePath = process.execPath }: EngineCommand,
): Promise<ChildProcess> {
  const log = openSync(runFiles(folder).log, 'a');
  try {
    const child = spawn(nodePath, [engineScript, folder, ...(resume ? ['--resume'] : [])], {
      env: engineEnvironment(),
      stdio: ['ignore', 'ignore', log],
      detached: true,
      windowsHide: true,
    });
    await spawned(child);
    return child;
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new RunError(
      'fip/engine-not-started',
      `The engine could not be started with ${nodePath} (${detail}). Check the path of Node.js.`,
    );
  } finally {
    closeSync(log);
  }
}

function spawned(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('spawn', () => resolve());
    // Stays on: a child whose signal could not be sent reports that here, too.
    child.on('error', reject);
  });
}
