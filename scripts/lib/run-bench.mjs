import esbuild from 'esbuild';
import { join } from 'node:path';
import './check-node.mjs';
import { buildIfStale } from './build-if-stale.mjs';
import { root } from './paths.mjs';
import { main, tryRunNode } from './run.mjs';

/** Bundles the bench of this name in test/bench and runs it with these options and those of this process. */
export function runBench(name, options = []) {
  return main(async () => {
    buildIfStale();
    const outfile = join(root, `dist/bench/${name}.js`);
    await esbuild.build({
      entryPoints: [join(root, `test/bench/${name}/main.ts`)],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      logLevel: 'warning',
    });
    return tryRunNode([outfile, ...options, ...process.argv.slice(2)]);
  });
}
