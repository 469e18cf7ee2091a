/** A real VS Code whose windows are pages of a browser. */
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { codeServer } from '../../../scripts/lib/e2e-tools.mjs';
import { removeFolder, temporaryFolder } from './temporary-folder';

export interface CodeServer {
  /** Address of its windows, without a folder. */
  url: string;
  stop(): Promise<void>;
}

const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'always',
  'editor.minimap.enabled': false,
  'files.autoSave': 'off',
};

/** Everything that code-server would write at home goes into `folder`. */
const environment = (folder: string): NodeJS.ProcessEnv => ({
  ...process.env,
  XDG_CONFIG_HOME: join(folder, 'config'),
  XDG_DATA_HOME: join(folder, 'share'),
  XDG_CACHE_HOME: join(folder, 'cache'),
  FIP_CACHE: join(folder, 'cache/fip-lab'),
});

/** Installs a VSIX into an extensions folder. Throws with code-server's words where it refuses. */
export function installExtension(vsix: string, extensions: string): void {
  const folder = temporaryFolder('install');
  const folders = ['--extensions-dir', extensions, '--user-data-dir', folder];
  const { status, stdout, stderr } = spawnSync(
    codeServer,
    [...folders, '--install-extension', vsix],
    { encoding: 'utf8', env: environment(folder) },
  );
  removeFolder(folder);
  if (status !== 0) throw new Error(`The VSIX was refused: ${stdout}\n${stderr}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/healthz`)).ok;
  } catch {
    return false;
  }
}

async function untilItAnswers(url: string, child: ChildProcess, log: string[]): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (await answers(url)) return;
    if (child.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`code-server did not come up:\n${log.join('')}`);
}

/** Ends the server and the extension hosts that it started. */
async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null) return;
  const ended = once(child, 'exit');
  process.kill(-child.pid, 'SIGTERM');
  const patience = setTimeout(() => process.kill(-(child.pid ?? 0), 'SIGKILL'), 5000);
  await ended;
  clearTimeout(patience);
}

/** Starts a fresh VS Code with the extensions of a folder; `trust` is whether workspace trust is asked for. */
export async function startCodeServer(extensions: string, trust: boolean): Promise<CodeServer> {
  const folder = temporaryFolder('editor');
  mkdirSync(join(folder, 'data/User'), { recursive: true });
  const settings = { ...quietSettings, 'security.workspace.trust.enabled': trust };
  writeFileSync(join(folder, 'data/User/settings.json'), JSON.stringify(settings));
  const port = await freePort();
  const url = `http://127.0.0.1:${String(port)}`;
  const child = spawn(
    codeServer,
    [
      ...['--auth', 'none', '--bind-addr', `127.0.0.1:${String(port)}`],
      ...['--user-data-dir', join(folder, 'data'), '--extensions-dir', extensions],
      ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
    ],
    { detached: true, env: environment(folder), stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const log: string[] = [];
  child.stdout.on('data', (text: Buffer) => log.push(text.toString()));
  child.stderr.on('data', (text: Buffer) => log.push(text.toString()));
  await untilItAnswers(url, child, log);
  return {
    url,
    async stop() {
      await end(child);
      removeFolder(folder);
    },
  };
}
