// Packs the extension into fip-lab-VERSION.vsix and checks what went in.
import './lib/check-node.mjs';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setUp } from './setup.mjs';
import { isMain, root } from './lib/paths.mjs';
import { Failure, main, runNode } from './lib/run.mjs';
import { buildIfStale } from './lib/build-if-stale.mjs';

/** Builds and packs; returns the path of the VSIX. Throws where it is not fit to be installed. */
export async function packageExtension() {
  setUp();
  buildIfStale();
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const vsix = join(root, `${name}-${version}.vsix`);
  // Links of the README stay relative: there is no address yet that they could be rewritten to.
  const options = [
    '--no-dependencies',
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
  ];
  runNode(['node_modules/@vscode/vsce/vsce', 'package', ...options, '--out', vsix]);
  // Loaded late: its packages may not be there before the setup.
  const { checkVsix } = await import('./lib/check-vsix.mjs');
  const faults = await checkVsix(vsix);
  if (faults.length > 0) throw new Failure(`${vsix} is not fit:\n  ${faults.join('\n  ')}`);
  console.log(
    `${vsix}: ${(statSync(vsix).size / 1e6).toFixed(1)} MB, nothing missing, nothing odd`,
  );
  return vsix;
}

if (isMain(import.meta))
  await main(async () => {
    await packageExtension();
  });
