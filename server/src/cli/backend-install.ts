import type { BackendRecipe, InstallOptions } from '../backends-install/backend-recipe';
import { installBackend, installedStamp } from '../backends-install/install-backend';
import { InstallError } from '../backends-install/install-error';
import { installNotes } from '../backends-install/install-notes';
import { selfTestInProcess } from '../backends-install/self-test-process';
import { backendFolder } from '../engine/backends/backend-folders';
import type { BackendStatus } from '../protocol/generated';
import type { CliContext } from './context';
import { exitCodes } from './exit-codes';
import { UsageError } from './usage-error';

/** How the command speaks. */
export interface InstallManners {
  /** It does not ask. */
  yes: boolean;
  /** It prints JSON. */
  json: boolean;
}

/**
 * `fip backend install`: tells what will be fetched, asks, installs, and leaves nothing behind where that fails or is
 * cancelled.
 * @returns the exit code
 */
export async function installByCommand(
  recipe: BackendRecipe,
  options: InstallOptions,
  { yes, json }: InstallManners,
  context: CliContext,
): Promise<number> {
  const printer = json ? jsonInstallPrinter(context) : plainInstallPrinter(recipe, context);
  const there = await alreadyThere(recipe, options, context.engineScript);
  if (there) return printer.isThere(there);
  printer.plan(options);
  if (!yes && !(await agrees(context))) return exitCodes.stopped;
  const cancel = new AbortController();
  const release = context.onInterrupt(() => cancel.abort(new Error('cancelled')));
  try {
    const tools = { tell: printer.progress, signal: cancel.signal };
    printer.works(await installBackend(recipe, options, context.engineScript, tools), options);
    return exitCodes.good;
  } catch (error) {
    if (cancel.signal.aborted) return cancelled(recipe, context);
    if (!(error instanceof InstallError)) throw error;
    context.stderr.write(`${recipe.name} was not installed. ${error.message}\n`);
    return exitCodes.runFailed;
  } finally {
    release();
  }
}

interface InstallPrinter {
  isThere(status: BackendStatus): number;
  plan(options: InstallOptions): void;
  progress(this: void, line: string): void;
  works(status: BackendStatus, options: InstallOptions): void;
}

function plainInstallPrinter(recipe: BackendRecipe, { stdout }: CliContext): InstallPrinter {
  const { name } = recipe;
  const say = (line: string): unknown => stdout.write(`${line}\n`);
  return {
    isThere: ({ device }) => {
      say(`${name} is there already: ${device ?? 'it works'}.`);
      return exitCodes.good;
    },
    plan: (options) => {
      say(`${recipe.title(options)}. To be fetched:`);
      recipe.plan(options).forEach((line) => say(`  ${line}`));
      say(`It goes into ${backendFolder(name)}.`);
    },
    progress: say,
    works: (status, options) => {
      say(`${name} works, on ${status.device ?? 'its device'}.`);
      installNotes(status, options.cuda).forEach(say);
    },
  };
}

function jsonInstallPrinter({ stdout }: CliContext): InstallPrinter {
  const say = (value: object): unknown => stdout.write(`${JSON.stringify(value)}\n`);
  return {
    isThere: (status) => {
      say(status);
      return exitCodes.good;
    },
    plan: () => undefined,
    progress: (line) => say({ progress: line }),
    works: (status) => void say(status),
  };
}

/** The kind asked for, where it works already: installed before, or as a package beside FIP Lab. */
async function alreadyThere(
  recipe: BackendRecipe,
  options: InstallOptions,
  engineScript: string,
): Promise<BackendStatus | undefined> {
  const stamp = installedStamp(recipe);
  const isOther = stamp ? stamp.variant !== recipe.variant(options) : options.cuda;
  if (isOther) return undefined;
  const status = await selfTestInProcess(engineScript, recipe.name);
  return status.available ? status : undefined;
}

async function agrees({ ask }: CliContext): Promise<boolean> {
  if (!ask) throw new UsageError('There is no terminal to ask on: say --yes to install.');
  return /^y(es)?$/i.test((await ask('Install it? [y/N] ')).trim());
}

function cancelled({ name }: BackendRecipe, { stderr }: CliContext): number {
  stderr.write(`${name} was not installed: cancelled, and nothing was left behind.\n`);
  return exitCodes.stopped;
}
