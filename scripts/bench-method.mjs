// Bundles the method's bench and runs it; its options are passed on (see test/bench/method/main.ts).
import esbuild from 'esbuild';
import { join } from 'node:path';
import './lib/check-node.mjs';
import { buildIfStale } from './lib/build-if-stale.mjs';
import { root } from './lib/paths.mjs';
import { main, tryRunNode } from './lib/run.mjs';

await main(async () => {
  buildIfStale();
  const outfile = join(root, 'dist/bench/method.js');
  await esbuild.build({
    entryPoints: [join(root, 'test/bench/method/main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'warning',
  });
  return tryRunNode([outfile, ...process.argv.slice(2)]);
});
