/** The names by which a spec can speak of a network's weights. */
import type { NetworkFacts } from '../engine/network/describe-network';
import { namesWeight } from '../engine/network/match-weights';

/** A name of one weight matrix, or of all of a layer. */
export interface WeightName {
  name: string;
  /** Matrices and filters that it means. */
  arrays: number;
  /** Numbers in all of them. */
  size: number;
}

/** All names of weights that can be pruned and of layers that have some, in the order of the network. */
export function weightNames({ prunable }: Pick<NetworkFacts, 'prunable'>): WeightName[] {
  const names = new Set(prunable.flatMap(({ name }) => [...layersOf(name), name]));
  return [...names].map((name) => {
    const meant = prunable.filter((weight) => namesWeight(name, weight.name));
    return { name, arrays: meant.length, size: meant.reduce((sum, { size }) => sum + size, 0) };
  });
}

/** `layer1.0.conv1.weight` belongs to `layer1`, `layer1.0` and `layer1.0.conv1`. */
function layersOf(name: string): string[] {
  const parts = name.split('.');
  return parts.slice(1).map((_, i) => parts.slice(0, i + 1).join('.'));
}
