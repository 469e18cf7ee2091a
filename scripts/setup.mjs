// Installs the packages that the lock file names, and does nothing where they are there. Needs Node.js alone.
import './lib/check-node.mjs';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMain, root } from './lib/paths.mjs';
import { main, runNpm } from './lib/run.mjs';

const lock = join(root, 'package-lock.json');
const stamp = join(root, 'node_modules/.fip-setup');
/** npm writes this last, so that a broken installation has none. */
const installed = join(root, 'node_modules/.package-lock.json');

const fingerprint = () => createHash('sha256').update(readFileSync(lock)).digest('hex');

/** Whether someone ran npm by hand since the lock file changed. */
const isInstalledByHand = () =>
  existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs;

/** Throws `CommandFailed` where npm fails. */
export function setUp() {
  const now = fingerprint();
  if (existsSync(stamp) && existsSync(installed) && readFileSync(stamp, 'utf8') === now) return;
  if (!isInstalledByHand()) {
    console.log('Installing packages ...');
    runNpm(['ci', '--no-audit', '--no-fund']);
  }
  writeFileSync(stamp, now);
}

if (isMain(import.meta)) await main(setUp);
