import { RunError } from '../runs/run-error';
import { fipLabVersion } from '../runs/version';
import { backendCommand } from './backend-command';
import type { Command } from './command';
import type { CliContext } from './context';
import { dataCommand } from './data-command';
import { doctorCommand } from './doctor';
import { exitCodes } from './exit-codes';
import { exportCommand } from './export';
import { listCommand } from './list';
import { resumeCommand } from './resume';
import { runCommand } from './run';
import { showCommand } from './show';
import { stopCommand } from './stop';
import { UsageError } from './usage-error';
import { validateCommand } from './validate';

/** The commands, in the order of the help. */
const COMMANDS: readonly Command[] = [
  runCommand,
  validateCommand,
  resumeCommand,
  listCommand,
  showCommand,
  exportCommand,
  stopCommand,
  dataCommand,
  doctorCommand,
  backendCommand,
];

/**
 * The command line `fip`.
 * @param args without the names of node and script
 * @returns the exit code
 */
export async function main(args: readonly string[], context: CliContext): Promise<number> {
  const [first, ...rest] = args;
  if (first === '--version' || first === '-v') return say(context, `${fipLabVersion}\n`);
  if (first === '--help' || first === '-h' || first === 'help')
    return say(context, helpFor(rest[0]));
  const command = COMMANDS.find(({ name }) => name === first);
  if (!command) return misuse(context, first);
  if (rest.includes('--help') || rest.includes('-h')) return say(context, command.help);
  try {
    return await command.run(rest, context);
  } catch (error) {
    return failure(error, command, context);
  }
}

function say({ stdout }: CliContext, text: string): number {
  stdout.write(text);
  return exitCodes.good;
}

function helpFor(name: string | undefined): string {
  return COMMANDS.find((command) => command.name === name)?.help ?? generalHelp();
}

function generalHelp(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length));
  const lines = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return `Usage: fip COMMAND [options]

FIP Lab: move a trained network along a functionally invariant path, as a spec describes it.

Commands:
${lines.join('\n')}

\`fip COMMAND --help\` tells more about a command; \`fip --version\` prints the version.
`;
}

function misuse({ stderr }: CliContext, name: string | undefined): number {
  stderr.write(name === undefined ? generalHelp() : `fip: there is no command '${name}'.\n`);
  if (name !== undefined) stderr.write('`fip --help` lists the commands.\n');
  return exitCodes.badUsage;
}

function failure(error: unknown, { name }: Command, { stderr }: CliContext): number {
  if (error instanceof UsageError) {
    stderr.write(`fip ${name}: ${error.message}\n\`fip ${name} --help\` tells more.\n`);
    return exitCodes.badUsage;
  }
  if (error instanceof RunError) {
    stderr.write(`fip ${name}: ${error.message} [${error.code}]\n`);
    return USAGE_CODES.has(error.code) ? exitCodes.badUsage : exitCodes.runFailed;
  }
  throw error;
}

/** The run is not in a state for what was asked: nothing failed. */
const USAGE_CODES: ReadonlySet<string> = new Set([
  'fip/run-unknown',
  'fip/run-busy',
  'fip/run-complete',
  'fip/run-not-running',
]);
