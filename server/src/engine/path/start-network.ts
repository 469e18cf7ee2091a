import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { EngineEvent, NamedTensor } from '../host';
import { initialWeights } from '../network/network';
import { differencesFromConfig } from '../network/published-config';
import { decodeSafetensors } from '../network/safetensors';
import { listed, weightsOfFile, wrongWeights } from '../network/weights-of-file';
import { Random } from '../random';
import type { RunContext } from '../run-context';

/**
 * The weights that a run begins with: read from the spec's file, or drawn by the seed to be trained. Warns of what the
 * file lacks or has too much of.
 * @param emit hears the warnings
 * @throws EngineError `fip/weights` where the file does not fit the model
 */
export function firstWeights(
  context: RunContext,
  emit: (event: EngineEvent) => void = (event) => {
    context.host.emit(event);
  },
): Float32Array {
  const { experiment, network, host } = context;
  const file = experiment.start.weights;
  const random = Random.of(experiment.seed, 'init');
  if (file === undefined) return initialWeights(network, random);
  const path = host.resolvePath(file);
  const tensors = readTensors(path, file);
  compareWithConfig(context, join(dirname(path), 'config.json'), file);
  const { weights, drawn, unused } = weightsOfFile(network, tensors, file, random);
  if (drawn.length > 0)
    warn(
      emit,
      'fip/weights-drawn',
      `\`${file}\` is an encoder without this head: ${quoted(drawn)} were drawn by the seed. Let a leg with the ` +
        'objective `learn` come first, or name a file that was saved with its head.',
    );
  if (unused.length > 0)
    warn(
      emit,
      'fip/weights-unused',
      `\`${file}\` holds more than this model: ${quoted(unused)} were left out. If they matter, make \`model\` the ` +
        'architecture that the weights were saved from.',
    );
  return weights;
}

function readTensors(path: string, file: string): NamedTensor[] {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch {
    throw wrongWeights(`The weights file \`${file}\` cannot be read. Check the path.`);
  }
  try {
    return decodeSafetensors(bytes).tensors;
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw wrongWeights(`\`${file}\` is not a safetensors file that can be read: ${detail}`);
  }
}

/** Published weights lie beside a `config.json`; without one, or with one of another kind, there is nothing to compare. */
function compareWithConfig({ experiment }: RunContext, path: string, file: string): void {
  let config: unknown;
  try {
    config = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return;
  }
  const differences = differencesFromConfig(experiment.model, config);
  if (differences.length > 0)
    throw wrongWeights(
      `The \`config.json\` beside \`${file}\` tells of another network: ${differences.join('; ')}. Make \`model\` ` +
        'what the file says.',
    );
}

function warn(emit: (event: EngineEvent) => void, code: string, message: string): void {
  emit({ event: 'warning', code, message, pointer: '/start/weights' });
}

function quoted(names: readonly string[]): string {
  return listed(
    names.map((name) => `\`${name}\``),
    ', ',
  );
}
