import { EngineError } from '../engine-error';
import type { NamedTensor } from '../host';
import type { Random } from '../random';
import { fileShapeOf, fillFromFile, type Layout, type LayoutEntry } from './layout';
import { initialWeights, type Network } from './network';
import { byNamesOf, carriesWeights, headNames } from './published-names';

/** A network's weights from a file, and what the file lacked and had too much of. */
export interface WeightsOfFile {
  /** A flat vector of the network's layout. */
  weights: Float32Array;
  /** Names of the arrays of a head that the file of a bare encoder has not: drawn instead. */
  drawn: string[];
  /** Names of the file's tensors that have no place in the network. */
  unused: string[];
}

/** A tensor of a file, whether its values were read or not. */
type Described = Pick<NamedTensor, 'name' | 'shape'>;

/** How the tensors of a file fit a network. */
export interface Match<Tensor extends Described> extends Omit<WeightsOfFile, 'weights'> {
  /** The tensors by the network's names; those that have no place by their own. */
  found: ReadonlyMap<string, Tensor>;
  /** What is missing or has another shape, as parts of a sentence; the weights can be had where there is none. */
  misfits: string[];
}

/** Finds the place of each tensor of a file, under the network's own names or those that libraries publish. */
export function matchWeights<Tensor extends Described>(
  layout: Layout,
  tensors: readonly Tensor[],
): Match<Tensor> {
  const wanted = new Set(layout.entries.map(({ name }) => name));
  const found = byNamesOf(wanted, tensors);
  const unused = [...found.keys()].filter((name) => !wanted.has(name) && carriesWeights(name));
  const drawn = drawnFor(layout, found);
  return { found, drawn, unused, misfits: misfitsOf(layout, found, new Set(drawn)) };
}

/** What to say of a file whose tensors do not fit. */
export function misfitMessage(
  { misfits, unused }: Pick<Match<Described>, 'misfits' | 'unused'>,
  file: string,
): string {
  return (
    `\`${file}\` does not hold the weights of this model: ` +
    `${listed([...misfits, ...unused.map((name) => `\`${name}\` has no place`)])}. Make \`model\` the architecture ` +
    'that the weights were saved from.'
  );
}

/**
 * The weights of a network, filled from the tensors of a file under its own names or those that libraries publish.
 * @param random draws the head that the file of a bare encoder has not
 * @param pointer the key that named the file, for the error
 * @throws EngineError `fip/weights` that lists every tensor that is missing, of another shape or too much
 */
export function weightsOfFile(
  network: Network,
  tensors: readonly NamedTensor[],
  file: string,
  random: Random,
  pointer = '/start/weights',
): WeightsOfFile {
  const { layout } = network;
  const { found, misfits, drawn, unused } = matchWeights(layout, tensors);
  if (misfits.length > 0) throw wrongWeights(misfitMessage({ misfits, unused }, file), pointer);
  const weights =
    drawn.length > 0 ? initialWeights(network, random) : new Float32Array(layout.size);
  for (const entry of layout.entries) {
    const tensor = found.get(entry.name);
    if (tensor) fillFromFile(entry, tensor.values, weights);
  }
  return { weights, drawn, unused };
}

/** The arrays of heads of which the file has nothing at all. */
function drawnFor(layout: Layout, found: ReadonlyMap<string, Described>): string[] {
  const names = layout.entries.map(({ name }) => name);
  const groupOf = (name: string) => name.slice(0, name.lastIndexOf('.'));
  const heads = headNames(names);
  const begun = new Set(heads.filter((name) => found.has(name)).map(groupOf));
  return heads.filter((name) => !begun.has(groupOf(name)));
}

function misfitsOf(
  { entries }: Layout,
  found: ReadonlyMap<string, Described>,
  drawn: ReadonlySet<string>,
): string[] {
  return entries
    .filter(({ name }) => !drawn.has(name))
    .flatMap((entry) => misfitOf(entry, found.get(entry.name)) ?? []);
}

function misfitOf(entry: LayoutEntry, tensor: Described | undefined): string | undefined {
  const shape = fileShapeOf(entry).join(', ');
  if (!tensor) return `\`${entry.name}\` of shape [${shape}] is missing`;
  const there = tensor.shape.join(', ');
  return there === shape
    ? undefined
    : `\`${tensor.name}\` has shape [${there}] instead of [${shape}]`;
}

/** A message of thousands of differences would tell less than one of twenty. */
const LISTED = 20;

/** Parts of a sentence, the first twenty of them. */
export function listed(parts: readonly string[], separator = '; '): string {
  const rest = parts.length - LISTED;
  const text = parts.slice(0, LISTED).join(separator);
  return rest > 0 ? `${text}${separator}and ${rest} more` : text;
}

/** Names as a list of a sentence, the first twenty of them. */
export function quoted(names: readonly string[]): string {
  return listed(
    names.map((name) => `\`${name}\``),
    ', ',
  );
}

/** What to say of a network that has to have its head and does not. */
export function headlessMessage(missing: readonly string[], file: string): string {
  return (
    `\`${file}\` is an encoder without this head: ${quoted(missing)} are missing, and without them it says nothing. ` +
    'Name a file that was saved with its head.'
  );
}

export function wrongWeights(message: string, pointer: string): EngineError {
  return new EngineError('fip/weights', message, pointer);
}
