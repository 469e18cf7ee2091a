import type { BackendRecipe, InstallOptions } from '../backends-install/backend-recipe';
import { installations, removeBackend } from '../backends-install/install-backend';
import { InstallError } from '../backends-install/install-error';
import { RECIPES } from '../backends-install/recipes';
import { installByCommand } from './backend-install';
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
Ctrl-C cancels an installation and leaves nothing behind.

Options of install:
  --yes          Do not ask.
  --cuda         tensorflow: take the library with CUDA, and CUDA's own libraries (Linux on x64, gigabytes).
  --from SOURCE  tensorflow: fetch its library by the package's own download (npm), from PyPI (wheel), or by the first
                 of the two that works (auto, the default).
  --json         Print {"progress": "..."} for each step and then the backend as \`fip doctor --json\` does, a line of
                 JSON each, and nothing else.
`,
  async run(args, context) {
    const { values, positionals } = parseCommand(args, {
      yes: { type: 'boolean', default: false },
      cuda: { type: 'boolean', default: false },
      from: { type: 'string', default: 'auto' },
      json: { type: 'boolean', default: false },
    });
    const [verb, name, ...more] = positionals;
    if (more[0] !== undefined) throw new UsageError(`'${more[0]}' is too much.`);
    const { yes, json, cuda } = values;
    const options = { cuda, from: sourceOf(values.from) };
    if (verb === 'list') return list(context);
    if (verb === 'install')
      return installByCommand(recipeOf(name), options, { yes, json }, context);
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
    const places = installations(recipe);
    if (places.length === 0) stdout.write(`${recipe.name}: not installed\n`);
    for (const { folder, stamp } of places) {
      const state = stamp
        ? `installed, from ${stamp.origin}, for ${stamp.device}`
        : 'damaged, or made by another version or for another machine: install it anew';
      stdout.write(`${recipe.name}: ${state} (${folder})\n`);
    }
  }
  return exitCodes.good;
}

function remove(recipe: BackendRecipe, { stdout, stderr }: CliContext): number {
  try {
    const removed = removeBackend(recipe);
    stdout.write(removed ? `${recipe.name} was removed.\n` : `${recipe.name} was not installed.\n`);
    return exitCodes.good;
  } catch (error) {
    if (!(error instanceof InstallError)) throw error;
    stderr.write(`${recipe.name} was not removed. ${error.message}\n`);
    return exitCodes.runFailed;
  }
}
