import { join } from 'node:path';
import { setUp } from '../setup.mjs';
import { buildIfStale } from './build-if-stale.mjs';
import { root } from './paths.mjs';
import { tryRunNode } from './run.mjs';

/** Installs or removes a native backend by what the product itself does. Asks nothing. Returns the exit code. */
export function setUpBackend(name, args) {
  setUp();
  buildIfStale();
  const verb = args.includes('--remove') ? ['remove', name] : ['install', name, '--yes'];
  const options = args.filter((argument) => argument !== '--remove');
  return tryRunNode([join(root, 'dist/server/cli.js'), 'backend', ...verb, ...options]);
}
