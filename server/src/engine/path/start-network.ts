import { readFileSync } from 'node:fs';
import { EngineError } from '../engine-error';
import type { NamedTensor } from '../host';
import { fileShapeOf, fillFromFile, type Layout } from '../network/layout';
import { initialWeights } from '../network/network';
import { decodeSafetensors } from '../network/safetensors';
import { Random } from '../random';
import type { RunContext } from '../run-context';

/** The weights that a run begins with: read from the spec's file, or drawn by the seed to be trained. */
export function firstWeights(context: RunContext): Float32Array {
  const { experiment, network, host } = context;
  const file = experiment.start.weights;
  if (file === undefined) return initialWeights(network, Random.of(experiment.seed, 'init'));
  return weightsFrom(readTensors(host.resolvePath(file), file), network.layout, file);
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

/**
 * The flat vector of a layout, filled from the tensors of a file.
 * @throws EngineError `fip/weights` that lists every tensor that is missing, of another shape or too much
 */
export function weightsFrom(
  tensors: readonly NamedTensor[],
  layout: Layout,
  file: string,
): Float32Array {
  const found = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const differences = differencesFrom(found, layout);
  if (differences.length > 0)
    throw wrong(
      `\`${file}\` does not hold the weights of this model: ${listed(differences)}. Make \`model\` the architecture ` +
        'that the weights were saved from.',
    );
  const weights = new Float32Array(layout.size);
  for (const entry of layout.entries)
    fillFromFile(entry, found.get(entry.name)?.values ?? new Float32Array(), weights);
  return weights;
}

function differencesFrom(found: ReadonlyMap<string, NamedTensor>, layout: Layout): string[] {
  const wanted = new Set(layout.entries.map(({ name }) => name));
  const misfits = layout.entries.flatMap((entry) => {
    const shape = fileShapeOf(entry).join(', ');
    const there = found.get(entry.name)?.shape.join(', ');
    if (there === shape) return [];
    const name = `\`${entry.name}\``;
    return there === undefined
      ? [`${name} of shape [${shape}] is missing`]
      : [`${name} has shape [${there}] instead of [${shape}]`];
  });
  const unknown = [...found.keys()].filter((name) => !wanted.has(name));
  // What is too much alone does no harm.
  return misfits.length > 0
    ? [...misfits, ...unknown.map((name) => `\`${name}\` has no place`)]
    : [];
}

/** A message of thousands of differences would tell less than one of twenty. */
const LISTED = 20;

function listed(differences: readonly string[]): string {
  const rest = differences.length - LISTED;
  const text = differences.slice(0, LISTED).join('; ');
  return rest > 0 ? `${text}; and ${rest} more` : text;
}

function wrong(message: string): EngineError {
  return new EngineError('fip/weights', message, '/start/weights');
}
