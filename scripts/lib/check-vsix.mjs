// What a VSIX must hold, and what it must not.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { readArchive } from './read-archive.mjs';

const mostBytes = 25e6;

/** Sources, tests, packages and leftovers of a run are for developers. */
const unwanted =
  /\.(ts|mts|tsx|map|vsix)$|(^|\/)(node_modules|test|tests|scripts|\.fip|\.ci|\.git|\.vscode|test-artifacts)\/|build-stamp|tsconfig|eslint|package-lock/;

const always = [
  'package.json',
  'readme.md',
  'changelog.md',
  'LICENSE.txt',
  'dist/client/extension.js',
  'dist/webview/results.js',
  'dist/server/language-server.js',
  'dist/server/cli.js',
  'dist/server/engine-process.js',
  'dist/server/wasm-worker.js',
  'dist/server/tfjs-backend-wasm.wasm',
  'dist/server/tfjs-backend-wasm-simd.wasm',
  'samples/sparsify-glyphs.fip.yaml',
  'docs/images/editor.png',
  'docs/diagnostics.md',
  'docs/backends.md',
  ...['experiment', 'event', 'report', 'diagnostic', 'doctor'].map(
    (name) => `schemas/${name}.schema.json`,
  ),
];

/** Every file that the manifest names, wherever in it: `./media/icon.png`. */
function filesNamedIn(node) {
  if (typeof node === 'string') return /^(\.\/)?[\w-]+\/.*\.\w+$/.test(node) ? [node] : [];
  if (node === null || typeof node !== 'object') return [];
  return Object.values(node).flatMap(filesNamedIn);
}

function filesOfManifest() {
  const { main, icon, contributes } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return filesNamedIn({ main, icon, contributes }).map((name) => name.replace(/^\.\//, ''));
}

/** All that is wrong with a VSIX, in words; empty where nothing is. */
export async function checkVsix(path) {
  const files = await readArchive(path);
  const names = new Set(files.map(({ name }) => name.replace(/^extension\//, '')));
  const wanted = new Set([...always, ...filesOfManifest()]);
  const { size } = statSync(path);
  return [
    ...[...wanted].filter((name) => !names.has(name)).map((name) => `${name} is missing.`),
    ...[...names].filter((name) => unwanted.test(name)).map((name) => `${name} does not belong.`),
    ...(size > mostBytes ? [`It has ${size} bytes, and ${mostBytes} is the most.`] : []),
  ];
}
