import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { OLDEST_NODE } from '../engine/backends/editor-runtime';

/** A Node.js that native code runs in. */
export interface FoundNode {
  /** Its own path, behind links and version managers. */
  path: string;
  version: string;
}

/** Either what was found, or what is wrong with it, to be put behind its path. */
export type NodeCheck = { node: FoundNode; fault?: never } | { node?: never; fault: string };

/** Starting Node.js takes a fraction of a second; a program that waits for something must not be waited for. */
const TIMEOUT_MS = 20_000;

const QUESTION =
  'console.log(JSON.stringify([process.execPath, process.versions.node, process.versions.electron ?? null]))';

/** Runs a program and looks whether it is a Node.js that is new enough. */
export async function checkNode(path: string): Promise<NodeCheck> {
  const kind = statSync(path, { throwIfNoEntry: false });
  if (!kind) return { fault: 'does not exist' };
  if (kind.isDirectory()) return { fault: 'is a folder' };
  const answer = await ask(path);
  if (!answer) return { fault: 'is not Node.js' };
  const [own, version, electron] = answer;
  if (electron !== null) return { fault: "is an editor's own Node.js, in which native code fails" };
  if (!isNewEnough(version))
    return { fault: `is Node.js ${version}, and ${OLDEST_NODE} or newer is needed` };
  return { node: { path: own, version } };
}

/** Path, version and version of Electron, as Node.js answers; undefined where something else does, or nothing. */
function ask(path: string): Promise<[string, string, string | null] | undefined> {
  // Without this an editor would open a window.
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const options = { env, timeout: TIMEOUT_MS, killSignal: 'SIGKILL', windowsHide: true } as const;
  return new Promise((resolve) => {
    execFile(path, ['-e', QUESTION], options, (_error, stdout) => resolve(parse(stdout)));
  });
}

function parse(text: string): [string, string, string | null] | undefined {
  try {
    const answer: unknown = JSON.parse(text.trim().split('\n').at(-1) ?? '');
    if (!Array.isArray(answer)) return undefined;
    const [path, version, electron] = answer as unknown[];
    if (typeof path !== 'string' || typeof version !== 'string') return undefined;
    return [path, version, typeof electron === 'string' ? electron : null];
  } catch {
    return undefined;
  }
}

function isNewEnough(version: string): boolean {
  const [wanted, found] = [OLDEST_NODE, version].map((text) => text.split('.').map(Number));
  const [major = 0, minor = 0] = found ?? [];
  const [oldestMajor = 0, oldestMinor = 0] = wanted ?? [];
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}
