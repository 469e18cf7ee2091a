import type { Model } from '../../spec/experiment';
import { buildNetwork } from './architectures';
import { sizeOf } from './layers/unary';
import { isPrunable, type Layout, type LayoutEntry } from './layout';
import type { NetworkSize } from './least-bytes';
import type { Network } from './network';

/** A layer of a network, before anything is computed. */
export interface LayerFacts {
  name: string;
  /** Shape of one sample behind it. */
  outputShape: readonly number[];
  /** Learnt weights and biases that it owns. */
  parameters: number;
  /** Multiply-adds of one sample's forward pass. */
  multiplyAdds: number;
}

export interface NetworkFacts extends NetworkSize {
  layers: LayerFacts[];
  parameters: number;
  multiplyAdds: number;
  /** Weight matrices and filters, those that can be made sparse. */
  prunable: Pick<LayoutEntry, 'name' | 'size'>[];
  /** How its weights lie, and so their names and shapes. */
  layout: Layout;
}

/**
 * What there is to know of a network before it is run. Cheap: no weight is made.
 * @throws ShapeError where the architecture cannot read such samples
 */
export function describeNetwork(model: Model, inputShape: readonly number[]): NetworkFacts {
  const { nodes, layout } = buildNetwork(model, inputShape);
  const seen = new Set<LayoutEntry>();
  const layers = nodes.map(({ name, layer, entries }) => {
    const own = entries.flatMap((number) => layout.entries[number] ?? []);
    const counted = own.filter((entry) => entry.role !== 'statistic' && !seen.has(entry));
    counted.forEach((entry) => seen.add(entry));
    const parameters = sum(counted.map(({ size }) => size));
    return { name, outputShape: layer.outputShape, parameters, multiplyAdds: layer.multiplyAdds };
  });
  return {
    layers,
    weights: layout.size,
    layerOutputs: layerOutputsOf(nodes),
    parameters: sum(layers.map(({ parameters }) => parameters)),
    multiplyAdds: sum(layers.map(({ multiplyAdds }) => multiplyAdds)),
    prunable: layout.entries.filter(isPrunable).map(({ name, size }) => ({ name, size })),
    layout,
  };
}

/** Numbers that all layers together give out for one sample. */
export function layerOutputsOf(nodes: Network['nodes']): number {
  return sum(nodes.map(({ layer }) => sizeOf(layer.outputShape)));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
