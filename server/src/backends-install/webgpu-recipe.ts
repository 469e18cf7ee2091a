import { existsSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { TFJS_VERSION } from '../engine/backends/backend-folders';
import type {
  BackendRecipe,
  Installed,
  InstallOptions,
  InstallTools,
  Tell,
} from './backend-recipe';
import { InstallError } from './install-error';
import { npmInstall } from './npm-install';
import { dropSourceMaps } from './drop-source-maps';

const DAWN_VERSION = '0.6.2';
const PACKAGES = {
  webgpu: DAWN_VERSION,
  '@tensorflow/tfjs-core': TFJS_VERSION,
  '@tensorflow/tfjs-backend-webgpu': TFJS_VERSION,
};

/** How the GPU backend is installed: packages alone, whose native code comes with them. */
export const webgpuRecipe: BackendRecipe = {
  name: 'webgpu',
  title: () => 'WebGPU, for the graphics card of any vendor',
  kinds: () => [{ cuda: false, from: 'auto' }],
  variant: () => 'any',
  plan: () => [
    `webgpu ${DAWN_VERSION} (Dawn) by npm (about 55 MB)`,
    `@tensorflow/tfjs-backend-webgpu ${TFJS_VERSION} and its packages by npm (about 15 MB)`,
    'on disk: about 60 MB',
  ],
  obstacle: () => Promise.resolve(undefined),
  install,
};

async function install(
  folder: string,
  options: InstallOptions,
  { tell, signal }: InstallTools,
): Promise<Installed> {
  if (options.cuda || options.from !== 'auto')
    throw new InstallError(
      'webgpu comes in one kind and from one place: leave out --cuda and --from.',
    );
  tell(
    `Fetching webgpu ${DAWN_VERSION} and @tensorflow/tfjs-backend-webgpu ${TFJS_VERSION} by npm ...`,
  );
  await npmInstall(
    folder,
    Object.entries(PACKAGES).map(([name, version]) => `${name}@${version}`),
    signal,
  );
  dropSourceMaps(join(folder, 'node_modules/@tensorflow'));
  const binaries = join(folder, 'node_modules/webgpu/dist');
  const own = `${process.platform}-${process.platform === 'darwin' ? 'universal' : process.arch}`;
  if (!existsSync(join(binaries, own)))
    throw new InstallError(`The package webgpu has no native code for ${own}.`);
  for (const name of readdirSync(binaries))
    if (name !== own) rmSync(join(binaries, name), { recursive: true });
  lendVulkanLoader(join(binaries, own), tell);
  return {
    origin: `webgpu ${DAWN_VERSION} from npm`,
    versions: PACKAGES,
    nativeFiles: [`node_modules/webgpu/dist/${own}/dawn.node`],
  };
}

/** Where the loader that finds Vulkan's drivers may be installed. */
const LOADER_FOLDERS = [
  '/usr/lib/x86_64-linux-gnu',
  '/usr/lib/aarch64-linux-gnu',
  '/usr/lib64',
  '/usr/lib',
];
const LOADER = 'libvulkan.so.1';

/** Chromium carries a loader of its own. Dawn looks beside itself, too, where the system has none. */
function lendVulkanLoader(folder: string, tell: Tell): void {
  if (process.platform !== 'linux') return;
  if (LOADER_FOLDERS.some((path) => existsSync(join(path, LOADER)))) return;
  const lent = join('/usr/lib/chromium', LOADER);
  if (!existsSync(lent)) {
    tell(`${LOADER} is missing (Debian: libvulkan1); without it no graphics card is found.`);
    return;
  }
  symlinkSync(lent, join(folder, LOADER));
  tell(`The system has no ${LOADER}; that of Chromium is used.`);
}
