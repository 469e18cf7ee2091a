import { spawn } from 'node:child_process';
import { InstallError } from './install-error';

export interface ToolOptions {
  cwd: string;
  env?: Readonly<Record<string, string | undefined>>;
}

/** How much of a tool's last words a message repeats. */
const TAIL = 1_500;

/**
 * Runs a program to its end and keeps what it says.
 * @returns its standard output
 * @throws InstallError with its last words where it fails or cannot be started
 */
export function runTool(
  command: string,
  args: readonly string[],
  { cwd, env = process.env }: ToolOptions,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const [out, all]: [string[], string[]] = [[], []];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out.push(text);
      all.push(text);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => all.push(text));
    child.on('error', ({ message }) =>
      reject(new InstallError(`${command} could not be started (${message}).`)),
    );
    child.on('close', (code, signal) => {
      if (code === 0) {
        resolve(out.join(''));
        return;
      }
      const words = all.join('').trim().slice(-TAIL);
      reject(new InstallError(`${command} failed (${signal ?? code}):\n${words}`));
    });
  });
}

/** Whether a program answers. */
export async function answers(command: string, args: readonly string[]): Promise<boolean> {
  try {
    await runTool(command, args, { cwd: process.cwd() });
    return true;
  } catch {
    return false;
  }
}
