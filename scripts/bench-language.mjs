// Times the language server beside yaml-language-server; options are passed on (see test/bench/language/main.ts). That
// server is of no use to anything else here, so it is not among the packages: npm brings it into the cache folder.
import './lib/check-node.mjs';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setUp } from './setup.mjs';
import { buildIfStale } from './lib/build-if-stale.mjs';
import { cacheFolder, root } from './lib/paths.mjs';
import { main, runNpm, tryRunNode } from './lib/run.mjs';

/** The last release that runs on every Node.js that we run on. */
const version = '1.23.0';
const folder = join(cacheFolder, `yaml-language-server-${version}`);
const script = join(folder, 'node_modules/yaml-language-server/bin/yaml-language-server');

function bringOther() {
  if (existsSync(script)) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const wanted = `yaml-language-server@${version}`;
  runNpm(['install', '--no-audit', '--no-fund', '--ignore-scripts', wanted], { cwd: folder });
}

await main(async () => {
  setUp();
  buildIfStale();
  bringOther();
  const esbuild = await import('esbuild');
  const outfile = join(root, 'dist/bench/language.js');
  await esbuild.build({
    entryPoints: [join(root, 'test/bench/language/main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'warning',
  });
  return tryRunNode([outfile, '--other', script, ...process.argv.slice(2)]);
});
