import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { BackendStatus } from '../protocol/generated';
import type { InstallTools } from './backend-recipe';
import { InstallError } from './install-error';

export interface InstallInNode extends InstallTools {
  /** The Node.js that will run the backend. */
  node: string;
  /** The bundled command line. */
  cliScript: string;
  name: string;
  cuda: boolean;
}

/** How much of its last words a message repeats. */
const TAIL = 2_000;

/**
 * Installs a backend by `fip backend install` in a process of its own. The channel to it is closed to cancel, and by
 * itself where this process ends: either way nothing is left behind.
 * @throws InstallError; the reason of the signal where that came
 */
export async function installInNode(options: InstallInNode): Promise<BackendStatus> {
  const { node, cliScript, name, cuda, tell, signal } = options;
  const args = ['backend', 'install', name, '--yes', '--json', ...(cuda ? ['--cuda'] : [])];
  signal?.throwIfAborted();
  const child = spawn(node, [cliScript, ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    windowsHide: true,
  });
  const cancel = (): void => {
    if (child.connected) child.disconnect();
  };
  signal?.addEventListener('abort', cancel);
  try {
    const { code, status, errors } = await listen(child, tell);
    if (code === 0 && status) return status;
    signal?.throwIfAborted();
    throw new InstallError(errors.trim().slice(-TAIL) || `It ended without a word (${code}).`);
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}

interface Outcome {
  code: number | null;
  status: BackendStatus | undefined;
  errors: string;
}

/** Follows the command line to its end. */
async function listen(child: ChildProcess, tell: (line: string) => void): Promise<Outcome> {
  const errors: string[] = [];
  let status: BackendStatus | undefined;
  eachLine(child.stdout!, (line) => {
    const said = parse(line);
    if (said && 'progress' in said) tell(said.progress);
    else status = said ?? status;
  });
  child.stderr!.setEncoding('utf8').on('data', (text: string) => errors.push(text));
  // There is no `close` where we have closed the channel.
  const ends = [once(child.stdout!, 'close'), once(child.stderr!, 'close')];
  try {
    const [code] = (await once(child, 'exit')) as [number | null];
    await Promise.all(ends);
    return { code, status, errors: errors.join('') };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new InstallError(`${child.spawnfile} could not be started (${detail}).`);
  }
}

function parse(line: string): { progress: string } | BackendStatus | undefined {
  try {
    return JSON.parse(line) as { progress: string } | BackendStatus;
  } catch {
    return undefined;
  }
}

function eachLine(stream: NodeJS.ReadableStream, listener: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(listener);
  });
}
