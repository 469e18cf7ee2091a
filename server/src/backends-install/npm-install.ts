import { existsSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { InstallError } from './install-error';
import { answers, runTool } from './run-tool';

/**
 * Installs packages of these exact versions into a folder. Their install scripts do not run.
 * @throws InstallError
 */
export async function npmInstall(folder: string, packages: readonly string[]): Promise<void> {
  const npm = await findNpm();
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await runTool(npm.command, [...npm.args, 'install', ...options, ...packages], {
    cwd: folder,
    env: npmEnvironment(),
  });
}

/** The environment in which programs of npm find this very Node.js. */
function npmEnvironment(): NodeJS.ProcessEnv {
  const path = [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter);
  // A workspace that started us through npm must not be taken for the place to install into.
  const own = Object.entries(process.env).filter(
    ([name]) => !/^npm_(config_(local_prefix|workspaces?)|package)/.test(name),
  );
  return { ...Object.fromEntries(own), PATH: path };
}

interface Npm {
  command: string;
  args: string[];
}

/** npm as a script of this Node.js where it can be found, as a program on the PATH otherwise. */
async function findNpm(): Promise<Npm> {
  const folder = dirname(process.execPath);
  const scripts = [
    process.env['npm_execpath'],
    join(folder, '../lib/node_modules/npm/bin/npm-cli.js'),
    join(folder, 'node_modules/npm/bin/npm-cli.js'),
  ];
  const script = scripts.find((path) => path?.endsWith('npm-cli.js') && existsSync(path));
  if (script !== undefined) return { command: process.execPath, args: [script] };
  if (await answers('npm', ['--version'])) return { command: 'npm', args: [] };
  throw new InstallError('npm was not found. It comes with Node.js: https://nodejs.org.');
}
