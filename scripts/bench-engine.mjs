// Bundles the engine's bench and runs it; its options are passed on (see test/bench/engine/main.ts).
import './lib/check-node.mjs';
import esbuild from 'esbuild';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib/paths.mjs';
import { main, tryRunNode } from './lib/run.mjs';
import { copyWasmBinaries } from './lib/wasm-binaries.mjs';

const from = join(root, 'test/bench/engine');
const to = join(root, 'dist/bench');

await main(async () => {
  await esbuild.build({
    entryPoints: {
      main: join(from, 'main.ts'),
      'engine-contestant': join(from, 'engine-contestant.ts'),
      'wasm-worker': join(root, 'server/src/engine/backends/wasm-worker.ts'),
    },
    outdir: to,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['@tensorflow/tfjs-node'],
    logLevel: 'warning',
  });
  copyWasmBinaries(to);
  cpSync(join(from, 'torch_contestant.py'), join(to, 'torch_contestant.py'));
  return tryRunNode([join(to, 'main.js'), ...process.argv.slice(2)]);
});
