import { dirname } from 'node:path';
import { backendsFolder } from '../engine/backends/backend-folders';
import type { BackendStatus, DoctorReport } from '../protocol/generated';
import type {
  BackendOffer,
  InstallBackendParams,
  InstallBackendResult,
  InstalledBackend,
  ListBackendsResult,
  RemoveBackendParams,
  RemoveBackendResult,
} from '../protocol/messages';
import type { NodeFinder } from '../runs/node-finder';
import { probeEngine } from '../runs/probe-engine';
import type { BackendRecipe, InstallOptions, InstallTools } from './backend-recipe';
import { installations, installedStamp, removeBackend, type Installation } from './install-backend';
import { installInNode } from './install-in-node';
import { installNotes } from './install-notes';
import { RECIPES } from './recipes';

export interface BackendServiceOptions {
  /** The bundled engine process and command line. */
  engineScript: string;
  cliScript: string;
  /** Finds the Node.js that native backends are installed and tested with. */
  nodes: NodeFinder;
}

/** Native backends for an editor, which is no Node.js that could install or run them itself. */
export class BackendService {
  #installing: string | undefined;

  constructor(private readonly options: BackendServiceOptions) {}

  /** What there is and how it stands. Tries the backends, in a process of their own. */
  async list(): Promise<ListBackendsResult> {
    const folder = backendsFolder();
    const installed = RECIPES.flatMap(installations).map(described);
    const noNode = await this.#noNode();
    if (noNode !== undefined) return { noNode, folder, offers: [], installed };
    const { backends } = await probeEngine(this.options);
    const kinds = RECIPES.flatMap((recipe) => recipe.kinds().map((kind) => ({ recipe, kind })));
    const offers = kinds.map(({ recipe, kind }) => offer(recipe, kind, backends));
    return { folder, offers: await Promise.all(offers), installed };
  }

  /**
   * Tries every backend, in a process of its own.
   * @throws RunError `fip/no-node`, `fip/engine-not-started`
   */
  examine(): Promise<DoctorReport> {
    return probeEngine(this.options);
  }

  /** Installs a backend with the Node.js that will run it. Never throws. */
  async install(
    { name, cuda }: InstallBackendParams,
    tools: InstallTools,
  ): Promise<InstallBackendResult> {
    if (this.#installing !== undefined)
      return failed(`${this.#installing} is being installed. Wait for its end, or cancel it.`);
    this.#installing = name;
    try {
      const { path } = await this.options.nodes.real();
      const { cliScript } = this.options;
      const status = await installInNode({ node: path, cliScript, name, cuda, ...tools });
      const note = installNotes(status, cuda).join(' ');
      return { outcome: 'installed', device: status.device ?? name, note };
    } catch (error) {
      if (tools.signal?.aborted) return { outcome: 'cancelled' };
      return failed(error instanceof Error ? error.message : String(error));
    } finally {
      this.#installing = undefined;
    }
  }

  /** Removes a backend from one of the folders that it is looked for in; says why where it cannot. */
  remove({ name, folder }: RemoveBackendParams): RemoveBackendResult {
    const recipe = RECIPES.find((one) => one.name === name);
    const known = recipe && installations(recipe).some((one) => one.folder === folder);
    if (!known) return `${name} is not installed in ${folder} any more.`;
    try {
      removeBackend(recipe, dirname(folder));
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  async #noNode(): Promise<string | undefined> {
    try {
      await this.options.nodes.real();
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
}

const failed = (reason: string): InstallBackendResult => ({ outcome: 'failed', reason });

async function offer(
  recipe: BackendRecipe,
  kind: InstallOptions,
  statuses: readonly BackendStatus[],
): Promise<BackendOffer> {
  const { name } = recipe;
  const obstacle = await recipe.obstacle(kind);
  const state = stateOf(recipe, kind, statuses);
  const what = { name, cuda: kind.cuda, title: recipe.title(kind), plan: recipe.plan(kind) };
  return { ...what, ...state, ...(obstacle !== undefined && { obstacle }) };
}

/** How a kind stands: of a backend of several kinds, one is installed at most. */
function stateOf(
  recipe: BackendRecipe,
  kind: InstallOptions,
  statuses: readonly BackendStatus[],
): Pick<BackendOffer, 'works' | 'state'> {
  const stamp = installedStamp(recipe);
  const isOther = stamp ? stamp.variant !== recipe.variant(kind) : kind.cuda;
  const status = statuses.find((one) => one.name === recipe.name);
  if (!status || isOther) return { works: false, state: 'It is not installed.' };
  if (!status.available) return { works: false, state: status.reason };
  return { works: true, state: `It works, on ${status.device ?? 'its device'}.` };
}

function described({ name, folder, stamp }: Installation): InstalledBackend {
  const description = stamp
    ? `${stamp.origin}, for ${stamp.device}`
    : 'damaged, or made by another version or for another machine';
  return { name, folder, own: dirname(folder) === backendsFolder(), description };
}
