import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tell } from './backend-recipe';
import { InstallError } from './install-error';
import { answers, runTool } from './run-tool';

export const WHEEL_VERSION = '2.21.0';

/** A wheel on PyPI that carries TensorFlow's C library. No Python runs it, so one Python's wheel serves all. */
interface Wheel {
  package: string;
  platform: string;
  /** Known where the wheel was tried. */
  sha256?: string;
}

const WHEELS: Readonly<Record<string, Wheel>> = {
  'x64-cpu': {
    package: 'tensorflow-cpu',
    platform: 'manylinux_2_27_x86_64',
    sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
  },
  'x64-cuda': { package: 'tensorflow', platform: 'manylinux_2_27_x86_64' },
  'arm64-cpu': { package: 'tensorflow', platform: 'manylinux_2_27_aarch64' },
};

/** The libraries that are used at run time, under the names by which they ask for each other. */
export const WHEEL_LIBRARIES = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];

/** Just what the addon includes, directly or not: the wheel has thirteen thousand headers. */
const HEADERS = ['tensorflow/c/', 'tensorflow/core/platform/', 'tsl/platform/', 'xla/tsl/c/'];

/** Extracts members of an archive that begin with one of some names. Never writes outside of its folder. */
const EXTRACT = `
import sys, zipfile
wheel, folder, *starts = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    archive.extractall(folder, [name for name in archive.namelist() if name.startswith(tuple(starts))])
`;

/**
 * Whether a wheel serves this machine.
 * @returns why not, in words; undefined where it does
 */
export async function wheelObstacle(cuda: boolean): Promise<string | undefined> {
  if (process.platform !== 'linux' || !wheelFor(cuda))
    return `PyPI's wheels serve Linux${cuda ? ' on x64' : ''} alone, and this is ${process.platform} on ${process.arch}`;
  const missing = await missingTools();
  if (missing.length === 0) return undefined;
  return `building on PyPI's wheel needs ${missing.join(' and ')}, which ${missing.length > 1 ? 'are' : 'is'} missing`;
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
export async function buildOnWheel(folder: string, cuda: boolean, tell: Tell): Promise<string> {
  const wheel = wheelFor(cuda);
  if (!wheel) throw new InstallError('There is no wheel for this machine.');
  const scratch = join(folder, 'wheel');
  mkdirSync(scratch);
  tell(`Fetching ${wheel.package} ${WHEEL_VERSION} by pip ...`);
  const file = await download(wheel, scratch);
  tell('Unpacking its libraries ...');
  await extract(file, scratch);
  const tfjsNode = join(folder, 'node_modules/@tensorflow/tfjs-node');
  placeLibraries(scratch, tfjsNode);
  tell('Compiling the addon ...');
  await compile(folder, tfjsNode, join(scratch, 'tensorflow/include'));
  rmSync(scratch, { recursive: true });
  return `${wheel.package} ${WHEEL_VERSION} from PyPI`;
}

function wheelFor(cuda: boolean): Wheel | undefined {
  return WHEELS[`${process.arch}-${cuda ? 'cuda' : 'cpu'}`];
}

/** Lets pip check the file against the checksum that we know, or else against that of the index. */
async function download(wheel: Wheel, scratch: string): Promise<string> {
  const hash = wheel.sha256 === undefined ? '' : ` --hash=sha256:${wheel.sha256}`;
  writeFileSync(join(scratch, 'wanted.txt'), `${wheel.package}==${WHEEL_VERSION}${hash}\n`);
  const target = ['--python-version', '3.11', '--implementation', 'cp', '--abi', 'cp311'];
  const options = ['--no-deps', '--no-cache-dir', '--only-binary=:all:', '--progress-bar', 'off'];
  const files = ['--platform', wheel.platform, '-r', 'wanted.txt', '-d', '.'];
  const pip = ['-m', 'pip', '--no-input', '--disable-pip-version-check', 'download', '-q'];
  await runTool('python3', [...pip, ...options, ...target, ...files], { cwd: scratch });
  const name = readdirSync(scratch).find((entry) => entry.endsWith('.whl'));
  if (name === undefined) throw new InstallError('pip said that all is well but left no wheel.');
  return join(scratch, name);
}

async function extract(wheel: string, scratch: string): Promise<void> {
  const wanted = [...WHEEL_LIBRARIES, ...HEADERS.map((path) => `include/${path}`)];
  const starts = wanted.map((path) => `tensorflow/${path}`);
  await runTool('python3', ['-c', EXTRACT, wheel, scratch, ...starts], { cwd: scratch });
  rmSync(wheel);
}

function placeLibraries(scratch: string, tfjsNode: string): void {
  const lib = join(tfjsNode, 'deps/lib');
  mkdirSync(lib, { recursive: true });
  for (const name of WHEEL_LIBRARIES)
    renameSync(join(scratch, 'tensorflow', name), join(lib, name));
}

/** As the package's own binding.gyp does, without its need for node-gyp and the headers of this Node.js. */
async function compile(folder: string, tfjsNode: string, include: string): Promise<void> {
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
    { cwd: tfjsNode },
  );
}

/** Where tfjs-node looks for its addon, inside of its package. */
export const ADDON = 'lib/napi-v8/tfjs_binding.node';
