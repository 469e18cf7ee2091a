// Bundles the extension, the webview and the server into dist/. `--watch` goes on bundling.
import esbuild from 'esbuild';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';

const root = join(import.meta.dirname, '..');
const require = createRequire(join(root, 'server/package.json'));
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
const node = { ...common, platform: 'node', format: 'cjs', target: 'node20' };

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

/** The wasm binaries lie beside the engine, which is told where. */
function copyWasm() {
  const from = join(
    dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')),
    'wasm-out',
  );
  mkdirSync(join(root, 'dist/server'), { recursive: true });
  for (const file of [
    'tfjs-backend-wasm.wasm',
    'tfjs-backend-wasm-simd.wasm',
    'tfjs-backend-wasm-threaded-simd.wasm',
  ])
    cpSync(join(from, file), join(root, 'dist/server', file));
}

rmSync(join(root, 'dist'), { recursive: true, force: true });
copyWasm();
if (process.argv.includes('--watch')) {
  for (const options of bundles) await (await esbuild.context(options)).watch();
} else {
  await Promise.all(bundles.map((options) => esbuild.build(options)));
}
