import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { engineEnvironment } from './engine-environment';
import type { EngineNode, NodeFinder } from './node-finder';
import { RunError } from './run-error';
import { runFiles } from './run-folder';

/** How engines are started. */
export interface EngineCommand {
  /** The bundled engine process. */
  engineScript: string;
  /** Finds the Node.js to run it with; that of this process when left out. */
  nodes?: NodeFinder | undefined;
}

/**
 * What to run an engine with that computes on `backend`.
 * @throws RunError `fip/no-node`
 */
export async function engineNode({ nodes }: EngineCommand, backend: string): Promise<EngineNode> {
  return nodes ? nodes.forBackend(backend) : { path: process.execPath };
}

/**
 * Starts the engine of a run in a process of its own, which outlives this one.
 * It is followed through the files that it writes: a pipe would stall it whenever its reader does.
 * @param backend what the run computes on, or `auto`
 * @returns the child
 * @throws RunError `fip/no-node`, `fip/engine-not-started`
 */
export async function launchEngine(
  folder: string,
  resume: boolean,
  backend: string,
  command: EngineCommand,
): Promise<ChildProcess> {
  const node = await engineNode(command, backend);
  const log = openSync(runFiles(folder).log, 'a');
  try {
    const args = [command.engineScript, folder, ...(resume ? ['--resume'] : [])];
    const child = spawn(node.path, args, {
      env: engineEnvironment(process.env, node),
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
      `The engine could not be started with ${node.path} (${detail}). Check the path of Node.js.`,
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
