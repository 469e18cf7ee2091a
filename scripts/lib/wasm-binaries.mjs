import { cpSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { root } from './paths.mjs';

const require = createRequire(join(root, 'server/package.json'));

/** The wasm binaries lie beside the bundled engine, which looks for them there. */
export function copyWasmBinaries(folder) {
  const from = join(
    dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')),
    'wasm-out',
  );
  mkdirSync(folder, { recursive: true });
  for (const file of [
    'tfjs-backend-wasm.wasm',
    'tfjs-backend-wasm-simd.wasm',
    'tfjs-backend-wasm-threaded-simd.wasm',
  ])
    cpSync(join(from, file), join(folder, file));
}
