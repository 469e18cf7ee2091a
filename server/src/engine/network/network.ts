import type { Backend, Tensor } from '../backends/backend';
import type { Random } from '../random';
import type { Layer } from './layers/layer';
import { layoutOf, viewOf, type Layout } from './layout';

/** A feed-forward network: layers in a row, their weights in one flat vector. */
export interface Network {
  readonly layers: readonly Layer[];
  readonly layout: Layout;
  /** Length of one input sample. */
  readonly inputs: number;
  /** Length of one output: the number of classes. */
  readonly outputs: number;
}

/** Joins layers to a network; their weights are named `layer.parameter`. */
export function sequential(inputs: number, layers: readonly Layer[]): Network {
  const arrays = layers.flatMap((layer) =>
    layer.parameters.map(({ name, shape }) => ({ name: `${layer.name}.${name}`, shape })),
  );
  const outputs = layers.at(-1)?.outputShape[0] ?? inputs;
  return { layers, layout: layoutOf(arrays), inputs, outputs };
}

/** Seeded initial weights. */
export function initialWeights(network: Network, random: Random): Float32Array {
  const weights = new Float32Array(network.layout.size);
  const parameters = network.layers.flatMap((layer) => layer.parameters);
  network.layout.entries.forEach((entry, index) => {
    const values = parameters[index]?.initialize(random);
    if (values) viewOf(entry, weights).set(values);
  });
  return weights;
}

/** Copies a flat vector to the device, one list of tensors a layer. Works for weights and for tangents of them. */
export function upload(backend: Backend, network: Network, vector: Float32Array): Tensor[][] {
  let index = 0;
  return network.layers.map((layer) =>
    layer.parameters.map(() => {
      const entry = network.layout.entries[index++];
      if (!entry)
        throw new RangeError('The layout has fewer entries than the layers have weights.');
      return backend.tensor(viewOf(entry, vector), entry.shape);
    }),
  );
}

/** The outputs f(X, w), [N, outputs], of inputs X [N, inputs] at uploaded weights. */
export function outputsOf(
  backend: Backend,
  network: Network,
  parameters: readonly (readonly Tensor[])[],
  inputs: Tensor,
): Tensor {
  return backend.tidy(() =>
    network.layers.reduce(
      (value, layer, index) => layer.forward(backend, parameters[index] ?? [], value).output,
      inputs,
    ),
  );
}
