import { readFileSync } from 'node:fs';
import { EngineError } from '../engine-error';
import type { NamedTensor } from '../host';
import { viewOf, type LayoutEntry } from '../network/layout';
import { initialWeights } from '../network/network';
import { decodeSafetensors } from '../network/safetensors';
import { Random } from '../random';
import type { RunContext } from '../run-context';

/** The weights that a run begins with: read from the spec's file, or drawn by the seed to be trained. */
export function firstWeights(context: RunContext): Float32Array {
  const { experiment, network, host } = context;
  const file = experiment.start.weights;
  if (file === undefined) return initialWeights(network, Random.of(experiment.seed, 'init'));
  const tensors = readTensors(host.resolvePath(file), file);
  const weights = new Float32Array(network.layout.size);
  for (const entry of network.layout.entries)
    viewOf(entry, weights).set(find(tensors, entry, file).values);
  return weights;
}

function readTensors(path: string, file: string): NamedTensor[] {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch {
    throw wrong(`The weights file \`${file}\` cannot be read. Check the path.`);
  }
  try {
    return decodeSafetensors(bytes).tensors;
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw wrong(`\`${file}\` is not a safetensors file that can be read: ${detail}`);
  }
}

function find(tensors: readonly NamedTensor[], entry: LayoutEntry, file: string): NamedTensor {
  const tensor = tensors.find(({ name }) => name === entry.name);
  const shape = `[${entry.shape.join(', ')}]`;
  if (!tensor) {
    const names = tensors.map(({ name }) => name).join(', ');
    throw wrong(`\`${file}\` has no tensor \`${entry.name}\` of shape ${shape}; it has: ${names}.`);
  }
  if (tensor.shape.join() !== entry.shape.join())
    throw wrong(
      `\`${entry.name}\` in \`${file}\` has shape [${tensor.shape.join(', ')}]; this model needs ` +
        `${shape}. Make \`model\` the architecture that the weights were saved from.`,
    );
  return tensor;
}

function wrong(message: string): EngineError {
  return new EngineError('fip/weights', message, '/start/weights');
}
