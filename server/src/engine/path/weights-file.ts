import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { NamedTensor } from '../host';
import { differencesFromConfig } from '../network/published-config';
import { decodeSafetensors } from '../network/safetensors';
import {
  listed,
  weightsOfFile,
  wrongWeights,
  type WeightsOfFile,
} from '../network/weights-of-file';
import { Random } from '../random';
import type { RunContext } from '../run-context';
import type { LegWarning } from './leg-warning';

/** A file with weights that a spec names, and the key that names it. */
export interface WeightsFile {
  path: string;
  pointer: string;
}

/**
 * Reads weights from a file of the spec and holds them against the model.
 * @throws EngineError `fip/weights` where the file cannot be read or does not fit the model
 */
export function readWeights(context: RunContext, file: WeightsFile): WeightsOfFile {
  const { experiment, network, host } = context;
  const location = host.resolvePath(file.path);
  const tensors = readTensors(location, file);
  compareWithConfig(context, join(dirname(location), 'config.json'), file);
  const random = Random.of(experiment.seed, 'init');
  return weightsOfFile(network, tensors, file.path, random, file.pointer);
}

/** A network that a leg looks up to, and what is to be said of it when the leg begins. */
export interface OtherNetwork {
  weights: Float32Array;
  warnings: readonly LegWarning[];
}

/**
 * The weights of another network that a leg looks up to, head and all.
 * @throws EngineError `fip/weights` where the file cannot be read or is no whole network of this model
 */
export function otherNetwork(context: RunContext, file: WeightsFile): OtherNetwork {
  const { weights, drawn, unused } = readWeights(context, file);
  if (drawn.length > 0)
    throw wrongWeights(
      `\`${file.path}\` is an encoder without this head: ${quoted(drawn)} are missing, and without them it says nothing. ` +
        'Name a file that was saved with its head.',
      file.pointer,
    );
  return { weights, warnings: unused.length > 0 ? [unusedWarning(unused, file)] : [] };
}

/** What a file holds more than its model. */
export function unusedWarning(
  unused: readonly string[],
  { path, pointer }: WeightsFile,
): LegWarning {
  const message =
    `\`${path}\` holds more than this model: ${quoted(unused)} were left out. If they matter, make \`model\` the ` +
    'architecture that the weights were saved from.';
  return { code: 'fip/weights-unused', message, pointer };
}

function readTensors(location: string, { path, pointer }: WeightsFile): NamedTensor[] {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(location);
  } catch {
    throw wrongWeights(`The weights file \`${path}\` cannot be read. Check the path.`, pointer);
  }
  try {
    return decodeSafetensors(bytes).tensors;
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    const message = `\`${path}\` is not a safetensors file that can be read: ${detail}`;
    throw wrongWeights(message, pointer);
  }
}

/** Published weights lie beside a `config.json`; without one, or with one of another kind, there is nothing to compare. */
function compareWithConfig({ experiment }: RunContext, config: string, file: WeightsFile): void {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(config, 'utf8'));
  } catch {
    return;
  }
  const differences = differencesFromConfig(experiment.model, content);
  if (differences.length > 0)
    throw wrongWeights(
      `The \`config.json\` beside \`${file.path}\` tells of another network: ${differences.join('; ')}. Make \`model\` ` +
        'what the file says.',
      file.pointer,
    );
}

export function quoted(names: readonly string[]): string {
  return listed(
    names.map((name) => `\`${name}\``),
    ', ',
  );
}
