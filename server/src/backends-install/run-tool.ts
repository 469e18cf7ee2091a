import { spawn, type ChildProcess } from 'node:child_process';
import { InstallError } from './install-error';

export interface ToolOptions {
  cwd: string;
  env?: Readonly<Record<string, string | undefined>>;
  /** Kills the program and all that it started. */
  signal?: AbortSignal | undefined;
}

/** How much of a tool's last words a message repeats. */
const TAIL = 1_500;

/**
 * Runs a program to its end and keeps what it says.
 * @returns its standard output
 * @throws InstallError with its last words where it fails or cannot be started, and the signal's reason where that came
 */
export function runTool(
  command: string,
  args: readonly string[],
  { cwd, env = process.env, signal }: ToolOptions,
): Promise<string> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const child = spawn(command, [...args], {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      // A group of its own, which can be killed as one.
      detached: process.platform !== 'win32',
    });
    const kill = (): void => killTree(child);
    signal?.addEventListener('abort', kill);
    const [out, all]: [string[], string[]] = [[], []];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out.push(text);
      all.push(text);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => all.push(text));
    child.on('error', ({ message }) =>
      reject(new InstallError(`${command} could not be started (${message}).`)),
    );
    // Comes once nobody holds its pipes any more, its children included.
    child.on('close', (code, killer) => {
      signal?.removeEventListener('abort', kill);
      if (signal?.aborted) reject(signal.reason as Error);
      else if (code === 0) resolve(out.join(''));
      else reject(failed(command, code ?? killer, all.join('')));
    });
  });
}

function failed(command: string, code: number | string | null, words: string): InstallError {
  return new InstallError(`${command} failed (${code}):\n${words.trim().slice(-TAIL)}`);
}

function killTree({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    if (process.platform === 'win32') spawn('taskkill', ['/pid', String(pid), '/t', '/f']);
    else process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended in this very moment.
  }
}

/** Whether a program answers. */
export async function answers(
  command: string,
  args: readonly string[],
  env?: ToolOptions['env'],
): Promise<boolean> {
  try {
    await runTool(command, args, { cwd: process.cwd(), ...(env && { env }) });
    return true;
  } catch {
    return false;
  }
}
