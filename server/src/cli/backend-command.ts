import { backendFolder } from '../engine/backends/backend-folders';
import type { BackendRecipe, InstallOptions } from '../backends-install/backend-recipe';
import { installBackend, installedStamp, removeBackend } from '../backends-install/install-backend';
import { InstallError } from '../backends-install/install-error';
import { RECIPES } from '../backends-install/recipes';
import { selfTestInProcess } from '../backends-install/self-test-process';
import { parseCommand, type Command } from './command';
import type { CliContext } from './context';
import { exitCodes } from './exit-codes';
import { UsageError } from './usage-error';

const NAMES = RECIPES.map(({ name }) => name).join('|');
const SOURCES: readonly InstallOptions['from'][] = ['auto', 'npm', 'wheel'];

export const backendCommand: Command = {
  name: 'backend',
  summary: 'Install, remove or list native backends.',
  help: `Usage: fip backend list
       fip backend install ${NAMES} [options]
       fip backend remove ${NAMES}

Native backends compute many times faster than the embedded one. They are installed for you alone, into a folder of
their own, tested there, and used from then on by every FIP Lab on this machine. \`fip doctor\` shows them all.

Options of install:
  --yes          Do not ask.
  --cuda         tensorflow: take the library with CUDA (Linux on x64).
  --from SOURCE  tensorflow: fetch its library by the package's own download (npm), from PyPI (wheel), or by the first
                 of the two that works (auto, the default).
`,
  async run(args, context) {
    const { values, positionals } = parseCommand(args, {
      yes: { type: 'boolean', default: false },
      cuda: { type: 'boolean', default: false },
      from: { type: 'string', default: 'auto' },
    });
    const [verb, name, ...more] = positionals;
    if (more[0] !== undefined) throw new UsageError(`'${more[0]}' is too much.`);
    const options = { cuda: values.cuda, from: sourceOf(values.from) };
    if (verb === 'list') return list(context);
    if (verb === 'install') return install(recipeOf(name), options, values.yes, context);
    if (verb === 'remove') return remove(recipeOf(name), context);
    throw new UsageError('One of list, install and remove is wanted.');
  },
};

function sourceOf(text: string): InstallOptions['from'] {
  const source = SOURCES.find((candidate) => candidate === text);
  if (source) return source;
  throw new UsageError(`'${text}' is no source; there are ${SOURCES.join(', ')}.`);
}

function recipeOf(name: string | undefined): BackendRecipe {
  const recipe = RECIPES.find((candidate) => candidate.name === name);
  if (recipe) return recipe;
  const told = name === undefined ? 'The name of a backend is missing' : `'${name}' is no backend`;
  throw new UsageError(`${told}; there are ${RECIPES.map((one) => one.name).join(' and ')}.`);
}

function list({ stdout }: CliContext): number {
  for (const recipe of RECIPES) {
    const stamp = installedStamp(recipe);
    const state = stamp ? `installed, from ${stamp.origin}, for ${stamp.device}` : 'not installed';
    stdout.write(`${recipe.name}: ${state}\n`);
  }
  return exitCodes.good;
}

async function install(
  recipe: BackendRecipe,
  options: InstallOptions,
  yes: boolean,
  context: CliContext,
): Promise<number> {
  const { stdout, stderr, engineScript } = context;
  const there = await alreadyThere(recipe, options, engineScript);
  if (there !== undefined) {
    stdout.write(`${recipe.name} is there already: ${there}.\n`);
    return exitCodes.good;
  }
  stdout.write(`${recipe.title}. To be fetched:\n`);
  recipe.plan(options).forEach((line) => stdout.write(`  ${line}\n`));
  stdout.write(`It goes into ${backendFolder(recipe.name)}.\n`);
  if (!yes && !(await agrees(context))) return exitCodes.stopped;
  try {
    const tell = (line: string) => stdout.write(`${line}\n`);
    const { device, software } = await installBackend(recipe, options, engineScript, tell);
    stdout.write(`${recipe.name} works, on ${device ?? 'its device'}.\n`);
    if (software)
      stdout.write('This device is emulated: it is used only where a spec asks for it by name.\n');
    return exitCodes.good;
  } catch (error) {
    if (!(error instanceof InstallError)) throw error;
    stderr.write(`${recipe.name} was not installed. ${error.message}\n`);
    return exitCodes.runFailed;
  }
}

/** What is there of the kind asked for: installed before, or as a package beside FIP Lab. */
async function alreadyThere(
  recipe: BackendRecipe,
  options: InstallOptions,
  engineScript: string,
): Promise<string | undefined> {
  const stamp = installedStamp(recipe);
  if (stamp) return stamp.variant === recipe.variant(options) ? stamp.device : undefined;
  if (options.cuda) return undefined;
  const { available, device } = await selfTestInProcess(engineScript, recipe.name);
  return available ? (device ?? undefined) : undefined;
}

async function agrees({ ask }: CliContext): Promise<boolean> {
  if (!ask) throw new UsageError('There is no terminal to ask on: say --yes to install.');
  return /^y(es)?$/i.test((await ask('Install it? [y/N] ')).trim());
}

function remove(recipe: BackendRecipe, { stdout }: CliContext): number {
  const removed = removeBackend(recipe);
  stdout.write(removed ? `${recipe.name} was removed.\n` : `${recipe.name} was not installed.\n`);
  return exitCodes.good;
}
