import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { CliContext } from './context';
import { UsageError } from './usage-error';

/** One command of `fip`. */
export interface Command {
  name: string;
  /** One line for the list of commands. */
  summary: string;
  /** The text of `fip NAME --help`. */
  help: string;
  /** Runs the command with the arguments after its name; returns the exit code. */
  run(args: readonly string[], context: CliContext): Promise<number>;
}

type Options = NonNullable<ParseArgsConfig['options']>;
type Config<O extends Options> = { args: string[]; options: O; allowPositionals: true };

/** The options and positional arguments of a command. */
export type Parsed<O extends Options> = ReturnType<typeof parseArgs<Config<O>>>;

/**
 * Parses the arguments of a command.
 * @throws UsageError for an option that does not exist or lacks its value
 */
export function parseCommand<const O extends Options>(
  args: readonly string[],
  options: O,
): Parsed<O> {
  try {
    return parseArgs<Config<O>>({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new UsageError(message.split('. To specify')[0] ?? message);
  }
}

/**
 * The one positional argument of a command.
 * @param what how the help calls it
 */
export function onePositional(positionals: readonly string[], what: string): string {
  const [first, ...more] = positionals;
  if (first === undefined) throw new UsageError(`${what} is missing.`);
  if (more.length > 0) throw new UsageError(`Only one ${what} is taken; '${more[0]}' is too much.`);
  return first;
}
