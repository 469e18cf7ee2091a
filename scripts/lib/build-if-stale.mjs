// Builds dist/ unless it was built from the very files that lie here now.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { runNode } from './run.mjs';

const sources = ['client', 'server/src', 'schemas', 'scripts/build.mjs', 'package-lock.json'];
// The build empties dist/, and the stamp goes with it.
const stamp = join(root, 'dist/.build-stamp');

function* filesUnder(path) {
  const entries = readdirSync(join(root, path), { withFileTypes: true });
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const child = `${path}/${entry.name}`;
    if (entry.name === 'node_modules' || entry.name === 'dist') continue;
    if (entry.isDirectory()) yield* filesUnder(child);
    else yield child;
  }
}

function fingerprint() {
  const hash = createHash('sha256');
  for (const source of sources) {
    const isFile = /\.\w+$/.test(source);
    for (const file of isFile ? [source] : filesUnder(source))
      hash.update(file).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

/** Throws `CommandFailed` where the build fails. */
export function buildIfStale() {
  const now = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return;
  console.log('Building ...');
  runNode(['scripts/build.mjs']);
  writeFileSync(stamp, now);
}
