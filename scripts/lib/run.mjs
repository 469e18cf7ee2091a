import { spawnSync } from 'node:child_process';
import { root } from './paths.mjs';

/** A failure that its message explains; no stack is printed. */
export class Failure extends Error {}

/** A command that ended badly; its own output has said why. */
export class CommandFailed extends Failure {
  constructor(command, status) {
    super(`${command} failed (${status}).`);
    this.status = status;
  }
}

/** Runs a command in the repository, its output going where ours goes; returns its exit code, 1 where a signal ended it. */
export function tryRun(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (result.error) throw result.error;
  return result.status ?? 1;
}

/** Like `tryRun`, and throws `CommandFailed` where the exit code is not 0. */
export function run(command, args, options) {
  const status = tryRun(command, args, options);
  if (status !== 0) throw new CommandFailed([command, ...args].join(' '), status);
}

/** Runs a script with this very Node.js. */
export const runNode = (args, options) => run(process.execPath, args, options);
export const tryRunNode = (args, options) => tryRun(process.execPath, args, options);

/** Runs npm: the one that started us where there is one. */
export function runNpm(args, options) {
  const npm = process.env.npm_execpath;
  if (npm?.endsWith('.js')) return runNode([npm, ...args], options);
  return run('npm', args, { ...options, shell: process.platform === 'win32' });
}

/** Runs the main function of a script, whose result is the exit code. */
export async function main(work) {
  try {
    process.exitCode = (await work()) ?? 0;
  } catch (error) {
    console.error(error instanceof Failure ? error.message : error);
    process.exitCode = 1;
  }
}
