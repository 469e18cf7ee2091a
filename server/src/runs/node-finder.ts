import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';
import { inEditorRuntime, NODE_REMEDY, OLDEST_NODE } from '../engine/backends/editor-runtime';
import { checkNode, type FoundNode } from './check-node';
import { RunError } from './run-error';

/** What an engine is started with. */
export interface EngineNode {
  path: string;
  /** Why it is not a Node.js that native code runs in: part of a sentence. */
  trouble?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Finds the Node.js that engines run in: the one that the user names, else the first on the PATH that is new enough, else
 * that of this process. In an editor the last is the editor itself, which serves for WebAssembly alone.
 */
export class NodeFinder {
  /** Those that were found to be good, so that each is asked once. */
  readonly #good = new Map<string, FoundNode>();
  #wanted: string | undefined;

  constructor(private readonly env: Environment = process.env) {}

  /** Takes this one from now on, and no other (setting `fip.nodePath`). */
  setPath(path: string | undefined): void {
    this.#wanted = path;
  }

  /**
   * A real Node.js, new enough for native code.
   * @throws RunError `fip/no-node` with what is wrong and what to do
   */
  async real(): Promise<FoundNode> {
    return this.#wanted === undefined ? this.#search() : this.#named(this.#wanted);
  }

  /**
   * What to run an engine in that computes on `backend`, as a spec names it.
   * @throws RunError `fip/no-node` where a native backend, or the user, asks for a Node.js that is not there
   */
  async forBackend(backend: string): Promise<EngineNode> {
    const own = { path: process.execPath };
    if (this.#wanted === undefined && backend === 'wasm') return own;
    try {
      const { path } = await this.real();
      return { path };
    } catch (error) {
      if (this.#wanted !== undefined || backend !== 'auto') throw error;
      return { ...own, trouble: error instanceof NoNode ? error.trouble : String(error) };
    }
  }

  async #named(wanted: string): Promise<FoundNode> {
    const path = wanted.replace(/^~(?=[\\/])/, homedir());
    const fault = isAbsolute(path) ? await this.#check(path) : 'is not an absolute path';
    if (typeof fault !== 'string') return fault;
    throw new RunError(
      'fip/no-node',
      `The setting fip.nodePath names ${wanted}, which ${fault}. Set it to the path of Node.js ${OLDEST_NODE} or newer, or leave it empty to use the one on the PATH.`,
    );
  }

  async #search(): Promise<FoundNode> {
    const faults: string[] = [];
    for (const path of onPath(this.env)) {
      const found = await this.#check(path);
      if (typeof found !== 'string') return found;
      faults.push(`${path} ${found}`);
    }
    if (!inEditorRuntime()) return { path: process.execPath, version: process.versions.node };
    throw new NoNode(faults[0] ?? 'there is no Node.js on the PATH');
  }

  /** The Node.js at this path, or what is wrong with it. */
  async #check(path: string): Promise<FoundNode | string> {
    const known = this.#good.get(path);
    if (known && existsSync(known.path)) return known;
    const { node, fault } = await checkNode(path);
    if (!node) return fault;
    this.#good.set(path, node);
    return node;
  }
}

/** There is none, and none was named. */
class NoNode extends RunError {
  /** @param trouble what is wrong: part of a sentence */
  constructor(readonly trouble: string) {
    const what = trouble.charAt(0).toUpperCase() + trouble.slice(1);
    super('fip/no-node', `Native backends need a Node.js of their own. ${what}. ${NODE_REMEDY}`);
  }
}

/** Every `node` on the PATH. A folder that is relative would be one of the project that is open. */
function onPath(env: Environment): string[] {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter(isAbsolute);
  return [...new Set(folders)].map((folder) => join(folder, name)).filter(existsSync);
}
