/** Where the weights lie that a path of a spec means: a file, or a folder as Hugging Face publishes networks. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { WeightsProblem } from './weights-problem';

/** The files of a network. */
export interface WeightFiles {
  /** Absolute paths of safetensors files, all of whose tensors together are the weights. */
  files: readonly string[];
  /** The folder that they lie in; a `config.json` and a tokenizer may lie there too. */
  folder: string;
}

const WHOLE = 'model.safetensors';
const INDEX = 'model.safetensors.index.json';
/** Formats of PyTorch that run code when they are read. */
const PICKLED = /\.(bin|pt|pth|ckpt|pkl|pickle)$/i;

/**
 * Finds the files, without reading weights.
 * @param location the absolute path of a safetensors file, of the index of several, or of a folder that has one of them
 * @param path the same as the spec names it, for messages
 * @throws WeightsProblem where there is nothing that can be read
 */
export function findWeights(location: string, path: string): WeightFiles {
  const kind = kindOf(location);
  if (kind === undefined)
    throw new WeightsProblem(
      'fip/weights',
      `The weights file \`${path}\` cannot be read. Check the path.`,
    );
  if (kind === 'folder') return inFolder(location, path);
  if (PICKLED.test(location)) throw pickled(path);
  if (location.endsWith('.index.json')) return ofIndex(location, path);
  return { files: [location], folder: dirname(location) };
}

function inFolder(folder: string, path: string): WeightFiles {
  const whole = join(folder, WHOLE);
  if (kindOf(whole) === 'file') return { files: [whole], folder };
  const index = join(folder, INDEX);
  if (kindOf(index) === 'file') return ofIndex(index, `${path}/${INDEX}`);
  const names = readdirSync(folder).sort();
  const code = names.find((name) => PICKLED.test(name) && kindOf(join(folder, name)) === 'file');
  if (code !== undefined) throw pickled(`${path}/${code}`);
  const safe = names.filter((name) => name.endsWith('.safetensors'));
  const advice =
    safe.length > 0
      ? `Name one of its files, such as \`${path}/${safe[0] ?? ''}\`.`
      : 'Name the folder that a network was published in, or a safetensors file.';
  throw new WeightsProblem(
    'fip/weights',
    `The folder \`${path}\` has neither \`${WHOLE}\` nor \`${INDEX}\`. ${advice}`,
  );
}

/** The files among which an index divides the tensors. */
function ofIndex(location: string, path: string): WeightFiles {
  const folder = dirname(location);
  const shards = shardsOf(location, path);
  const missing = shards.filter((name) => kindOf(join(folder, name)) !== 'file');
  if (missing.length > 0)
    throw new WeightsProblem(
      'fip/weights',
      `\`${path}\` divides the weights among ${shards.length} files, and ${missing.map((name) => `\`${name}\``).join(', ')} ` +
        `${missing.length > 1 ? 'are' : 'is'} not there. Download what is missing.`,
    );
  return { files: shards.map((name) => join(folder, name)), folder };
}

function shardsOf(location: string, path: string): string[] {
  const index = readJson(location);
  const map = isRecord(index) ? index['weight_map'] : undefined;
  const names = isRecord(map) ? [...new Set(Object.values(map))].sort() : [];
  // A name with a folder in it could lead anywhere.
  const isShard = (name: unknown): name is string =>
    typeof name === 'string' && /^[^/\\]+\.safetensors$/.test(name);
  if (names.length > 0 && names.every(isShard)) return names;
  throw new WeightsProblem(
    'fip/weights-malformed',
    `\`${path}\` is no index of safetensors files: its \`weight_map\` should name a file beside it for each tensor. ` +
      'Download it again.',
  );
}

function pickled(path: string): WeightsProblem {
  return new WeightsProblem(
    'fip/weights-pickle',
    `\`${path}\` is a file of PyTorch's own format, which can run any code when it is read, so it is not read. Convert ` +
      'it where you trust it: `model.save_pretrained(DIR, safe_serialization=True)` in transformers, or ' +
      '`safetensors.torch.save_file`.',
  );
}

/** What a JSON file holds; undefined where there is none that can be read. */
export function readJson(location: string): unknown {
  try {
    return JSON.parse(readFileSync(location, 'utf8'));
  } catch {
    return undefined;
  }
}

/** What lies at a path. */
export function kindOf(location: string): 'file' | 'folder' | undefined {
  const found = statSync(location, { throwIfNoEntry: false });
  return found?.isFile() ? 'file' : found?.isDirectory() ? 'folder' : undefined;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
