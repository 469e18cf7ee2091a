// Bundles the extension, the webview and the server into dist/. `--watch` goes on bundling.
import esbuild from 'esbuild';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { compiledValidator } from './lib/compiled-validator.mjs';
import { copyWasmBinaries } from './lib/wasm-binaries.mjs';

const root = join(import.meta.dirname, '..');
const minify = !process.argv.includes('--watch');
const common = {
  bundle: true,
  minify,
  sourcemap: false,
  absWorkingDir: root,
  logLevel: 'warning',
  target: 'es2022',
  legalComments: 'none',
  metafile: true,
};
const node = {
  ...common,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  plugins: [compiledValidator],
};

const bundles = [
  {
    ...node,
    entryPoints: ['client/src/extension.ts'],
    outfile: 'dist/client/extension.js',
    external: ['vscode'],
  },
  {
    ...node,
    entryPoints: ['server/src/language-server.ts'],
    outfile: 'dist/server/language-server.js',
  },
  { ...node, entryPoints: ['server/src/cli.ts'], outfile: 'dist/server/cli.js' },
  // tfjs-node is a native module and optional: it is loaded where it is installed, never bundled.
  {
    ...node,
    entryPoints: ['server/src/runs/engine-process.ts'],
    outfile: 'dist/server/engine-process.js',
    external: ['@tensorflow/tfjs-node'],
  },
  {
    ...node,
    entryPoints: ['server/src/engine/backends/wasm-worker.ts'],
    outfile: 'dist/server/wasm-worker.js',
  },
  {
    ...common,
    platform: 'browser',
    format: 'iife',
    entryPoints: ['client/webview/results.ts'],
    outfile: 'dist/webview/results.js',
  },
  {
    ...common,
    platform: 'browser',
    target: 'chrome120',
    entryPoints: ['client/webview/results.css'],
    outfile: 'dist/webview/results.css',
  },
];

rmSync(join(root, 'dist'), { recursive: true, force: true });
copyWasmBinaries(join(root, 'dist/server'));
if (process.argv.includes('--watch')) {
  for (const options of bundles) await (await esbuild.context(options)).watch();
} else {
  await Promise.all(bundles.map((options) => esbuild.build(options)));
}
