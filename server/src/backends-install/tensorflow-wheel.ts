import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { InstallTools } from './backend-recipe';
import { placeCudaLibraries } from './cuda-libraries';
import { InstallError } from './install-error';
import { answers, runTool } from './run-tool';
import { fetchWheels, unpackWheel, type Wheel } from './wheels';

export const WHEEL_VERSION = '2.21.0';

/** Wheels on PyPI that carry TensorFlow's C library. */
const WHEELS: Readonly<Record<string, Wheel>> = {
  'x64-cpu': {
    package: 'tensorflow-cpu',
    version: WHEEL_VERSION,
    sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
  },
  'x64-cuda': {
    package: 'tensorflow',
    version: WHEEL_VERSION,
    sha256: '9056fbc9ba04235810b71ae6cbd958a196e8804fb53bbcffbf3e23b56155f124',
  },
  'arm64-cpu': { package: 'tensorflow', version: WHEEL_VERSION },
};

/** The libraries that are used at run time, under the names by which they ask for each other. */
export const WHEEL_LIBRARIES = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];

/** Just what the addon includes, directly or not: the wheel has thirteen thousand headers. */
const HEADERS = ['tensorflow/c/', 'tensorflow/core/platform/', 'tsl/platform/', 'xla/tsl/c/'];

/** Whether there is a wheel with CUDA for this platform. */
export function hasCudaWheel(): boolean {
  return process.platform === 'linux' && wheelFor(true) !== undefined;
}

/**
 * Whether a wheel serves this machine.
 * @returns why not, in a sentence; undefined where it does
 */
export async function wheelObstacle(cuda: boolean): Promise<string | undefined> {
  if (process.platform !== 'linux' || !wheelFor(cuda))
    return `PyPI's wheels serve Linux${cuda ? ' on x64' : ''} alone, and this is ${process.platform} on ${process.arch}.`;
  const missing = await missingTools();
  if (missing.length === 0) return undefined;
  return `Building on PyPI's wheel needs ${missing.join(' and ')}, which ${missing.length > 1 ? 'are' : 'is'} missing.`;
}

/** The tools that building takes and that do not answer, in words. */
async function missingTools(): Promise<string[]> {
  const python = await answers('python3', ['--version']);
  const pip = python && (await answers('python3', ['-m', 'pip', '--version']));
  const compiler = await answers('g++', ['--version']);
  return [
    ...(python ? [] : ['python3 (Debian: python3)']),
    ...(pip ? [] : ['pip (Debian: python3-pip)']),
    ...(compiler ? [] : ['g++ (Debian: g++)']),
  ];
}

/**
 * Builds the addon of tfjs-node against the libraries inside of a wheel, which end up in the package's own deps/lib.
 * @param folder holds node_modules with tfjs-node and node-api-headers, no install script of which has run
 * @returns the wheel's name
 * @throws InstallError
 */
export async function buildOnWheel(
  folder: string,
  cuda: boolean,
  tools: InstallTools,
): Promise<string> {
  const wheel = wheelFor(cuda);
  if (!wheel) throw new InstallError('There is no wheel for this machine.');
  const scratch = join(folder, 'wheel');
  mkdirSync(scratch);
  const tfjsNode = join(folder, 'node_modules/@tensorflow/tfjs-node');
  await placeLibraries(wheel, scratch, tfjsNode, tools);
  if (cuda) await placeCudaLibraries(folder, tools);
  tools.tell('Compiling the addon ...');
  await compile(folder, tfjsNode, join(scratch, 'tensorflow/include'), tools.signal);
  rmSync(scratch, { recursive: true });
  return `${wheel.package} ${WHEEL_VERSION}${cuda ? " with CUDA's libraries" : ''} from PyPI`;
}

function wheelFor(cuda: boolean): Wheel | undefined {
  return WHEELS[`${process.arch}-${cuda ? 'cuda' : 'cpu'}`];
}

/** Fetches the wheel; its libraries go to the package, its headers stay. */
async function placeLibraries(
  wheel: Wheel,
  scratch: string,
  tfjsNode: string,
  { tell, signal }: InstallTools,
): Promise<void> {
  tell(`Fetching ${wheel.package} ${wheel.version} by pip ...`);
  const files = await fetchWheels([wheel], scratch, signal);
  tell('Unpacking its libraries ...');
  const wanted = [...WHEEL_LIBRARIES, ...HEADERS.map((path) => `include/${path}*`)];
  const patterns = wanted.map((path) => `tensorflow/${path}`);
  for (const file of files) await unpackWheel(file, scratch, 'tree', patterns, signal);
  const lib = join(tfjsNode, 'deps/lib');
  mkdirSync(lib, { recursive: true });
  for (const name of WHEEL_LIBRARIES)
    renameSync(join(scratch, 'tensorflow', name), join(lib, name));
}

/** As the package's own binding.gyp does, without its need for node-gyp and the headers of this Node.js. */
async function compile(
  folder: string,
  tfjsNode: string,
  include: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  mkdirSync(join(tfjsNode, 'lib/napi-v8'), { recursive: true });
  const headers = ['.', join(folder, 'node_modules/node-api-headers/include'), include];
  const libraries = WHEEL_LIBRARIES.map((name) => join('deps/lib', name));
  await runTool(
    'g++',
    [
      ...['-std=c++17', '-O2', '-shared', '-fPIC', '-DNAPI_VERSION=8'],
      ...headers.map((path) => `-I${path}`),
      ...['binding/tfjs_backend.cc', 'binding/tfjs_binding.cc', '-o', ADDON],
      ...[...libraries, '-Wl,-rpath,$ORIGIN/../../deps/lib'],
    ],
    { cwd: tfjsNode, signal },
  );
}

/** Where tfjs-node looks for its addon, inside of its package. */
export const ADDON = 'lib/napi-v8/tfjs_binding.node';
