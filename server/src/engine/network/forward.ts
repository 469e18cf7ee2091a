import type { Backend, Tensor } from '../backends/backend';
import type { ForwardContext, Point } from './layers/layer';
import type { Network, Node } from './network';

/** One sample's numbers as the network's first layers read them: [N, inputs] -> [N, ...input shape]. */
function shaped(backend: Backend, { inputShape }: Network, inputs: Tensor): Tensor {
  return backend.reshape(inputs, [inputs.shape[0] ?? 0, ...inputShape]);
}

/**
 * A forward pass that keeps what derivatives need: every layer's point, in the order of the nodes.
 * @param parameters a tensor a layout entry, see `upload`
 * @param inputs [N, inputs]
 */
export function forwardPoints(
  context: ForwardContext,
  network: Network,
  parameters: readonly Tensor[],
  inputs: Tensor,
): Point[] {
  const { backend } = context;
  const input = shaped(backend, network, inputs);
  const points: Point[] = [];
  for (const node of network.nodes) {
    const own = pick(parameters, node.entries);
    const read = node.inputs.map((number) => points[number]?.output ?? input);
    const { output, saved = [] } = backend.tidy(() => node.layer.forward(context, own, read));
    points.push({ parameters: own, inputs: read, output, saved });
  }
  return points;
}

/** The outputs f(X, w), [N, outputs], of inputs X [N, inputs] at uploaded weights; frees each layer's output in time. */
export function outputsOf(
  backend: Backend,
  network: Network,
  parameters: readonly Tensor[],
  inputs: Tensor,
): Tensor {
  return backend.tidy(() => {
    const input = shaped(backend, network, inputs);
    const outputs: Tensor[] = [];
    const lastReader = lastReaders(network.nodes);
    network.nodes.forEach((node, index) => {
      const own = pick(parameters, node.entries);
      const read = node.inputs.map((number) => outputs[number] ?? input);
      outputs.push(backend.tidy(() => node.layer.forward({ backend }, own, read).output));
      for (const number of new Set(node.inputs))
        if (lastReader[number] === index) backend.dispose(outputs[number] ?? input);
    });
    const last = outputs.at(-1) ?? input;
    return backend.reshape(last, [inputs.shape[0] ?? 0, network.outputs]);
  });
}

function lastReaders(nodes: readonly Node[]): number[] {
  const last: number[] = [];
  nodes.forEach(({ inputs }, index) => {
    for (const number of inputs) if (number >= 0) last[number] = index;
  });
  return last;
}

function pick(tensors: readonly Tensor[], numbers: readonly number[]): Tensor[] {
  return numbers.flatMap((number) => tensors[number] ?? []);
}
