// Sets up, builds and runs the first sample: a network trained from nothing, then moved along a path to 80 % zeros.
import './lib/check-node.mjs';
import { setUp } from './setup.mjs';
import { main, tryRunNode } from './lib/run.mjs';
import { buildIfStale } from './lib/build-if-stale.mjs';

const sample = 'samples/sparsify-glyphs.fip.yaml';

await main(() => {
  setUp();
  buildIfStale();
  const status = tryRunNode([
    'server/bin/fip.cjs',
    'run',
    '--backend',
    'wasm',
    sample,
    ...process.argv.slice(2),
  ]);
  if (status === 0)
    console.log(
      `\nThe run is kept in samples/.fip/runs. To see it in the editor: \`npm run package\`, then\n` +
        `\`code --install-extension fip-lab-*.vsix\`, open ${sample} and choose "FIP Lab: Show Results".`,
    );
  return status;
});
