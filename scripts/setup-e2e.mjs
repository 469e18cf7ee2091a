// Brings a real VS Code (code-server, from npm) into the cache folder, for the end-to-end tests. Does nothing where it is there.
// code-server's own installation script wants a download; the steps here build its native parts from npm packages instead.
import './lib/check-node.mjs';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  codeServer,
  codeServerFolder,
  codeServerStamp,
  codeServerVersion,
  findBrowser,
} from './lib/e2e-tools.mjs';
import { isMain } from './lib/paths.mjs';
import { Failure, main, run, runNpm } from './lib/run.mjs';

const systemPackages = ['chromium', 'ripgrep', 'libkrb5-dev', 'pkg-config', 'neovim'];
const nativeModules = [
  '@parcel/watcher',
  '@vscode/spdlog',
  'native-watchdog',
  '@vscode/deviceid',
  'kerberos',
];

const vscodeFolder = join(codeServerFolder, 'node_modules/code-server/lib/vscode');

const succeeds = (command, args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

const missingSystemPackages = () =>
  systemPackages.filter((name) => !succeeds('dpkg', ['-s', name]));

/** Only root can install, and only where there is apt; others are told what to install. */
function installSystemPackages() {
  if (process.platform !== 'linux' || !succeeds('dpkg', ['--version'])) return;
  const missing = missingSystemPackages();
  if (missing.length === 0) return;
  if (process.getuid() !== 0) {
    console.warn(`Install these with your package manager, please: ${missing.join(', ')}.`);
    return;
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  run('apt-get', ['update', '-qq'], { env });
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], { env });
}

/** Replaces whatever stands at `path` by a link to `target`. */
function link(target, path) {
  rmSync(path, { force: true });
  symlinkSync(target, path);
}

const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
const install = (cwd, ...args) =>
  runNpm(['install', '--ignore-scripts', ...quiet, ...args], { cwd });

/** Node's own headers where they came with it, so that they need no download. */
function headersOfNode() {
  const prefix = dirname(dirname(process.execPath));
  return existsSync(join(prefix, 'include/node/node.h')) ? { npm_config_nodedir: prefix } : {};
}

function buildNativeModules() {
  const argon2 = join(codeServerFolder, 'node_modules/argon2');
  const env = { ...headersOfNode(), ...process.env };
  runNpm(['run', 'install'], {
    cwd: argon2,
    env: { ...env, npm_config_build_from_source: 'true' },
  });
  for (const name of nativeModules) runNpm(['rebuild', name], { cwd: vscodeFolder, env });
  try {
    runNpm(['rebuild', 'node-pty'], { cwd: vscodeFolder, env, stdio: 'ignore' });
  } catch {
    // Its last step fails after the addon is built.
  }
}

function linkPrograms() {
  const ripgrep = join(vscodeFolder, 'node_modules/@vscode/ripgrep/bin');
  mkdirSync(ripgrep, { recursive: true });
  link('/usr/bin/rg', join(ripgrep, 'rg'));
  link('code-linux.sh', join(vscodeFolder, 'bin/remote-cli/code-server'));
  link('browser-linux.sh', join(vscodeFolder, 'bin/helpers/browser.sh'));
}

function installCodeServer() {
  rmSync(join(codeServerFolder, 'node_modules'), { recursive: true, force: true });
  mkdirSync(codeServerFolder, { recursive: true });
  writeFileSync(join(codeServerFolder, 'package.json'), '{ "private": true }\n');
  install(codeServerFolder, `code-server@${codeServerVersion}`);
  install(vscodeFolder, '--omit=dev');
  install(join(vscodeFolder, 'extensions'), '--omit=dev');
  buildNativeModules();
  linkPrograms();
}

/**
 * The links are made last, so that an installation that was interrupted does not pass for a whole one. A user's first
 * call prints, before the version, that it wrote a configuration.
 */
const answers = () =>
  existsSync(join(vscodeFolder, 'bin/helpers/browser.sh')) &&
  spawnSync(codeServer, ['--version'], { encoding: 'utf8' })
    .stdout?.split('\n')
    .some((line) => line.startsWith(codeServerVersion));

/** Throws where a step fails. */
export function setUpE2e() {
  installSystemPackages();
  if (!findBrowser()) throw new Failure('There is no Chromium: install one, or set FIP_CHROMIUM.');
  if (existsSync(codeServerStamp) && answers()) return;
  if (!answers()) {
    console.log(`Building code-server ${codeServerVersion} in ${codeServerFolder} (minutes) ...`);
    installCodeServer();
  }
  if (!answers()) throw new Failure(`${codeServer} does not answer.`);
  writeFileSync(codeServerStamp, '');
}

if (isMain(import.meta)) await main(setUpE2e);
