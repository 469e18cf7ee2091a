import { existsSync, readFileSync } from 'node:fs';

/**
 * Whether the process `pid` lives and works on the run `run`. Where the system tells what a process was started with,
 * neither a stranger that got the number of a dead engine nor a dead child that nobody collected counts.
 */
export function isEngineAlive(pid: number, run: string): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  if (existsSync('/proc/self/cmdline')) return commandLine(pid).includes(run);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
