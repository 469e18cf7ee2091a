import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { NamedTensor } from '../host';
import { EngineError } from '../engine-error';
import { findWeights, readJson, type WeightFiles } from '../network/find-weights';
import { configMessage, differencesFromConfig } from '../network/published-config';
import { decodeSafetensors } from '../network/safetensors';
import {
  headlessMessage,
  quoted,
  weightsOfFile,
  wrongWeights,
  type WeightsOfFile,
} from '../network/weights-of-file';
import { WeightsProblem } from '../network/weights-problem';
import { Random } from '../random';
import type { RunContext } from '../run-context';
import type { LegWarning } from './leg-warning';

/** A file with weights that a spec names, and the key that names it. */
export interface WeightsFile {
  path: string;
  pointer: string;
}

/**
 * Reads weights from a file or a published folder of the spec and holds them against the model.
 * @throws EngineError `fip/weights` where they cannot be read or do not fit the model, or what else is wrong with them
 */
export function readWeights(context: RunContext, file: WeightsFile): WeightsOfFile {
  const { experiment, network, host } = context;
  const { files, folder } = locate(host.resolvePath(file.path), file);
  compareWithConfig(context, join(folder, 'config.json'), file);
  const tensors = files.flatMap((location) => readTensors(location, file));
  const random = Random.of(experiment.seed, 'init');
  return weightsOfFile(network, tensors, file.path, random, file.pointer);
}

function locate(location: string, { path, pointer }: WeightsFile): WeightFiles {
  try {
    return findWeights(location, path);
  } catch (error) {
    if (!(error instanceof WeightsProblem)) throw error;
    throw new EngineError(error.code, error.message, pointer);
  }
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
  if (drawn.length > 0) throw wrongWeights(headlessMessage(drawn, file.path), file.pointer);
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
  const name = path.endsWith(basename(location)) ? path : `${path}/${basename(location)}`;
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(location);
  } catch {
    throw wrongWeights(`The weights file \`${name}\` cannot be read. Check the path.`, pointer);
  }
  try {
    return decodeSafetensors(bytes).tensors;
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    const message = `\`${name}\` is not a safetensors file that can be read: ${detail}`;
    throw wrongWeights(message, pointer);
  }
}

/** Published weights lie beside a `config.json`; without one, or with one of another kind, there is nothing to compare. */
function compareWithConfig({ experiment }: RunContext, config: string, file: WeightsFile): void {
  const differences = differencesFromConfig(experiment.model, readJson(config));
  if (differences.length > 0)
    throw wrongWeights(configMessage(file.path, differences), file.pointer);
}
