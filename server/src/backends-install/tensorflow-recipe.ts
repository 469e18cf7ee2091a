import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CUDA_FOLDER, TFJS_VERSION } from '../engine/backends/backend-folders';
import type { BackendRecipe, Installed, InstallOptions, InstallTools } from './backend-recipe';
import { CUDA_SIZE } from './cuda-libraries';
import { dropSourceMaps } from './drop-source-maps';
import { InstallError } from './install-error';
import { npmInstall } from './npm-install';
import { runTool } from './run-tool';
import {
  ADDON,
  buildOnWheel,
  hasCudaWheel,
  WHEEL_VERSION,
  wheelObstacle,
} from './tensorflow-wheel';

const PACKAGE = 'node_modules/@tensorflow/tfjs-node';
const HEADERS_VERSION = '1.9.0';

/** How TensorFlow's native library is installed. */
export const tensorflowRecipe: BackendRecipe = {
  name: 'tensorflow',
  title: ({ cuda }) =>
    cuda
      ? "TensorFlow with CUDA, for NVIDIA's graphics cards"
      : 'TensorFlow, native code for the CPU',
  kinds,
  variant: ({ cuda }) => (cuda ? 'cuda' : 'cpu'),
  plan,
  obstacle: ({ cuda }) => (cuda ? wheelObstacle(true) : Promise.resolve(undefined)),
  install,
};

function kinds(): InstallOptions[] {
  const plain: InstallOptions = { cuda: false, from: 'auto' };
  return hasCudaWheel() ? [plain, { ...plain, cuda: true }] : [plain];
}

function plan({ cuda, from }: InstallOptions): string[] {
  const npm = 'its C library 2.9 by the package itself (about 110 MB)';
  const wheel = `the C library in PyPI's ${cuda ? 'tensorflow' : 'tensorflow-cpu'} ${WHEEL_VERSION} by pip (about ${cuda ? 575 : 275} MB), for which the addon is compiled here`;
  const library = cuda || from === 'wheel' ? wheel : from === 'npm' ? npm : `${npm}, or ${wheel}`;
  return [
    `@tensorflow/tfjs-node ${TFJS_VERSION} and its packages by npm (about 65 MB)`,
    library,
    ...(cuda
      ? [
          `CUDA's libraries, NVIDIA's own wheels on PyPI, by pip (about ${CUDA_SIZE.fetched} GB); NVIDIA's licences apply`,
        ]
      : []),
    `on disk: ${cuda ? `about ${CUDA_SIZE.kept} GB` : 'up to 1.1 GB'}`,
  ];
}

async function install(
  folder: string,
  options: InstallOptions,
  tools: InstallTools,
): Promise<Installed> {
  const from = await decide(options);
  const { tell, signal } = tools;
  tell(`Fetching @tensorflow/tfjs-node ${TFJS_VERSION} by npm ...`);
  const packages = [`@tensorflow/tfjs-node@${TFJS_VERSION}`, `node-api-headers@${HEADERS_VERSION}`];
  await npmInstall(folder, packages, signal);
  const origin =
    from === 'wheel'
      ? await buildOnWheel(folder, options.cuda, tools)
      : await downloadOrBuild(folder, from, tools);
  dropSourceMaps(join(folder, 'node_modules/@tensorflow'));
  return {
    origin,
    versions: { '@tensorflow/tfjs-node': TFJS_VERSION },
    nativeFiles: natives(folder),
  };
}

/** Finds out what cannot work before anything is fetched. */
async function decide({ from, cuda }: InstallOptions): Promise<InstallOptions['from']> {
  if (cuda && from === 'npm')
    throw new InstallError(
      "npm's library has no CUDA that today's drivers know: leave out --from.",
    );
  if (from !== 'wheel' && !cuda) return from;
  const obstacle = await wheelObstacle(cuda);
  if (obstacle !== undefined) throw new InstallError(obstacle);
  return 'wheel';
}

async function downloadOrBuild(
  folder: string,
  from: InstallOptions['from'],
  tools: InstallTools,
): Promise<string> {
  const { tell, signal } = tools;
  tell("Running the package's own download ...");
  const failure = await packageDownload(join(folder, PACKAGE), signal);
  if (failure === undefined) return `the download of @tensorflow/tfjs-node ${TFJS_VERSION}`;
  if (from === 'npm') throw new InstallError(`The package's own download failed. ${failure}`);
  const obstacle = await wheelObstacle(false);
  if (obstacle !== undefined)
    throw new InstallError(
      `The package's own download failed. ${obstacle} The download said: ${failure}`,
    );
  tell("That failed; building on the library in PyPI's wheel instead.");
  for (const leftover of ['deps', 'lib'])
    rmSync(join(folder, PACKAGE, leftover), { recursive: true, force: true });
  return buildOnWheel(folder, false, tools);
}

/** @returns why it failed; undefined where the addon is there */
async function packageDownload(
  tfjsNode: string,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  try {
    const bin = join(tfjsNode, '../../.bin');
    const path = [bin, process.env['PATH'] ?? ''].join(process.platform === 'win32' ? ';' : ':');
    await runTool(process.execPath, ['scripts/install.js'], {
      cwd: tfjsNode,
      env: { ...process.env, PATH: path },
      signal,
    });
    return existsSync(join(tfjsNode, ADDON)) ? undefined : 'It left no addon.';
  } catch (error) {
    if (error instanceof InstallError) return error.message;
    throw error;
  }
}

function natives(folder: string): string[] {
  const libraries = readdirSync(join(folder, PACKAGE, 'deps/lib')).map(
    (name) => `deps/lib/${name}`,
  );
  const cuda = join(folder, CUDA_FOLDER);
  const cudaLibraries = existsSync(cuda) ? readdirSync(cuda) : [];
  return [
    ...[ADDON, ...libraries].map((path) => `${PACKAGE}/${path}`),
    ...cudaLibraries.map((name) => `${CUDA_FOLDER}/${name}`),
  ].filter((path) => statSync(join(folder, path)).isFile());
}
