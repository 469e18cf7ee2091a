import { availableParallelism } from 'node:os';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { CUDA_FOLDER, installedFolders } from '../engine/backends/backend-folders';
import { NODE_TROUBLE } from '../engine/backends/editor-runtime';
import type { EngineNode } from './node-finder';

type Environment = Record<string, string | undefined>;

/**
 * The environment of an engine's process. All of it must stand before the process starts; what the user has set wins.
 * The thread count and the choice of kernels are pinned because sums come out in another order, and so with other last
 * bits, when either changes.
 */
export function engineEnvironment(
  env: Environment = process.env,
  { trouble }: Partial<EngineNode> = {},
): Environment {
  return {
    TF_CPP_MIN_LOG_LEVEL: '3',
    TF_NUM_INTRAOP_THREADS: String(availableParallelism()),
    TF_NUM_INTEROP_THREADS: '1',
    TF_ENABLE_ONEDNN_OPTS: '1',
    ...keepFreedMemory(),
    ...env,
    // In an editor, process.execPath is the editor itself; this makes it a plain Node.
    ELECTRON_RUN_AS_NODE: '1',
    [NODE_TROUBLE]: trouble,
    ...cudaLibraries(env),
  };
}

/** TensorFlow loads CUDA by name: where it was installed with it, its folder comes behind those that the user has named. */
function cudaLibraries(env: Environment): Environment {
  const folder = installedFolders('tensorflow', env)[0];
  const libraries = folder === undefined ? '' : join(folder, CUDA_FOLDER);
  if (!existsSync(libraries)) return {};
  const named = [env['LD_LIBRARY_PATH'], libraries].filter(Boolean);
  return { LD_LIBRARY_PATH: named.join(delimiter) };
}

/**
 * glibc gives large blocks back to the system as soon as they are freed, and then every operation on the tensorflow
 * backend pays for page faults again.
 */
function keepFreedMemory(): Environment {
  if (process.platform !== 'linux') return {};
  return {
    MALLOC_MMAP_THRESHOLD_: String(2 ** 30),
    MALLOC_TRIM_THRESHOLD_: '2000000000',
    MALLOC_TOP_PAD_: String(2 ** 28),
  };
}
