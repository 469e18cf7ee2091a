import { existsSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { InstallError } from './install-error';
import { answers, runTool } from './run-tool';

/**
 * Installs packages of these exact versions into a folder. Their install scripts do not run.
 * @throws InstallError
 */
export async function npmInstall(
  folder: string,
  packages: readonly string[],
  signal?: AbortSignal,
): Promise<void> {
  const env = npmEnvironment();
  const npm = await findNpm(env);
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  try {
    const args = [...npm.args, 'install', ...options, ...packages];
    await runTool(npm.command, args, { cwd: folder, env, signal });
  } catch (error) {
    if (!(error instanceof InstallError)) throw error;
    throw new InstallError(
      `npm could not fetch the packages: check the network and, behind a proxy, npm's own settings for it. ${error.message}`,
    );
  }
}

type Environment = Record<string, string | undefined>;

/** The environment in which programs of npm find this very Node.js. */
function npmEnvironment(): Environment {
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
async function findNpm(env: Environment): Promise<Npm> {
  const folder = dirname(process.execPath);
  const scripts = [
    process.env['npm_execpath'],
    join(folder, '../lib/node_modules/npm/bin/npm-cli.js'),
    join(folder, 'node_modules/npm/bin/npm-cli.js'),
  ];
  const script = scripts.find((path) => path?.endsWith('npm-cli.js') && existsSync(path));
  if (script !== undefined) return { command: process.execPath, args: [script] };
  if (await answers('npm', ['--version'], env)) return { command: 'npm', args: [] };
  throw new InstallError(
    `npm was found neither beside ${process.execPath} nor on the PATH. It comes with Node.js (https://nodejs.org); some Linux distributions have it in a package of its own (Debian: npm).`,
  );
}
