import type { Backend, Tensor } from '../backends/backend';
import type { Random } from '../random';
import type { Layer } from './layers/layer';
import { viewOf, type Layout } from './layout';

/** A layer in its place: where its inputs come from, and which arrays of the layout are its weights. */
export interface Node {
  readonly name: string;
  readonly layer: Layer;
  /** Earlier nodes by number; -1 is the network's input. */
  readonly inputs: readonly number[];
  /** Numbers of layout entries, in the order of the layer's parameters. Nodes may share them. */
  readonly entries: readonly number[];
}

/** A feed-forward network: layers as nodes of a graph, every node after those it reads, the last one the output. */
export interface Network {
  readonly nodes: readonly Node[];
  /** Its weights, in one flat vector. */
  readonly layout: Layout;
  /** How an entry of the layout begins, by number. */
  readonly initializers: readonly ((random: Random) => Float32Array)[];
  /** Shape of one input sample as the first layers read it. */
  readonly inputShape: readonly number[];
  /** Numbers in one input sample. */
  readonly inputs: number;
  /** Numbers in one output: for a classifier, the number of classes. */
  readonly outputs: number;
  /** Where inputs are numbers of tokens: how many there are. */
  readonly vocabulary?: number;
}

/** Whether another node has the same weights: then J J^T has terms across the two. */
export function sharesWeights({ nodes }: Network, node: Node): boolean {
  const others = nodes.filter((other) => other !== node);
  return others.some((other) => other.entries.some((entry) => node.entries.includes(entry)));
}

/** Seeded initial weights. */
export function initialWeights(network: Network, random: Random): Float32Array {
  const weights = new Float32Array(network.layout.size);
  network.layout.entries.forEach((entry, index) => {
    const values = network.initializers[index]?.(random);
    if (values) viewOf(entry, weights).set(values);
  });
  return weights;
}

/** Copies a flat vector to the device, a tensor an entry. Works for weights and for tangents of them. */
export function upload(backend: Backend, { layout }: Network, vector: Float32Array): Tensor[] {
  return layout.entries.map((entry) => backend.tensor(viewOf(entry, vector), entry.shape));
}

/** The way back of `upload`; zeros where an entry has no tensor. */
export async function download(
  backend: Backend,
  { layout }: Network,
  tensors: readonly (Tensor | undefined)[],
): Promise<Float32Array> {
  const vector = new Float32Array(layout.size);
  for (const [index, entry] of layout.entries.entries()) {
    const tensor = tensors[index];
    if (tensor) viewOf(entry, vector).set(await backend.read(tensor));
  }
  return vector;
}
