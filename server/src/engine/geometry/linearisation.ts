import type { Backend, Tensor } from '../backends/backend';
import { EngineError } from '../engine-error';
import { forwardPoints } from '../network/forward';
import type { ForwardContext, Point } from '../network/layers/layer';
import { download, sharesWeights, upload, type Network, type Node } from '../network/network';

/**
 * The network at one point of weight space on one batch, f(X, w + dw) ~ f(X, w) + J dw: the activations are kept, so
 * that products with the Jacobian J [N outputs, n] cost one pass each.
 */
export interface Linearisation {
  /** f(X, w), [N, outputs] */
  readonly outputs: Tensor;
  /** What each layer holds, in the order of the network's nodes. */
  readonly points: readonly Point[];
  /** Of networks that only some weights move: what cotangents of weights are multiplied by, an array a layout entry. */
  readonly masks?: readonly (Tensor | undefined)[];
  /** J v, [N, outputs], for v in weight space. */
  jvp(direction: Float32Array): Tensor;
  /** J v for v on the device, an array a layout entry; 0 where an entry has none. */
  tangents(parts: readonly (Tensor | undefined)[]): Tensor;
  /** J^T u carried back to the output of each of the network's nodes; undefined for those that move no output. */
  nodeCotangents(cotangent: Tensor): readonly (Tensor | undefined)[];
  /** J^T u for u [N, outputs], an array a layout entry; undefined for entries that move no output. */
  cotangents(cotangent: Tensor): readonly (Tensor | undefined)[];
  /**
   * The sum over samples n of the squares of J_n^T u_n, an array a layout entry, for u [N, outputs]; undefined where that
   * would cost much more than `cotangents`.
   */
  squaredCotangents(cotangent: Tensor): readonly (Tensor | undefined)[];
  /** J^T u, in weight space, for u [N, outputs]. */
  vjp(cotangent: Tensor): Promise<Float32Array>;
  /**
   * J_x^T u for u [N, outputs], J_x the Jacobian by the inputs: [N, inputs].
   * @throws EngineError `fip/no-input-gradient` where the network looks its inputs up, as tokens
   */
  inputVjp(cotangent: Tensor): Tensor;
  /** Prepares u -> J J^T u, [N, outputs], for about `uses` applications; no vector of weights is formed. */
  kernel(uses: number): (cotangent: Tensor) => Tensor;
}

/**
 * Linearises at weights w on inputs X [N, inputs]. Its tensors live in the enclosing scope.
 * @param weights a flat vector, or tensors as `upload` makes them
 * @param training see `ForwardContext`
 */
export function linearise(
  backend: Backend,
  network: Network,
  weights: Float32Array | readonly Tensor[],
  inputs: Tensor,
  training?: ForwardContext['training'],
): Linearisation {
  const parameters = ArrayBuffer.isView(weights) ? upload(backend, network, weights) : weights;
  const context = training ? { backend, training } : { backend };
  const points = forwardPoints(context, network, parameters, inputs);
  const pass = new Pass(backend, network, points);
  const outputs = backend.reshape(pass.output, [inputs.shape[0] ?? 0, network.outputs]);
  return {
    outputs,
    points,
    jvp: (direction) =>
      backend.tidy(() => pass.tangents(upload(backend, network, direction), outputs.shape)),
    tangents: (parts) => pass.tangents(parts, outputs.shape),
    nodeCotangents: (cotangent) => backend.tidy(() => pass.cotangentPass(cotangent)),
    cotangents: (cotangent) => pass.cotangents(cotangent),
    squaredCotangents: (cotangent) => pass.squaredCotangents(cotangent),
    vjp: (cotangent) => pass.vjp(cotangent),
    inputVjp: (cotangent) => pass.inputVjp(cotangent, inputs.shape),
    kernel: (uses) => pass.kernel(uses, outputs.shape),
  };
}

type MaybeTensors = (Tensor | undefined)[];

/** The tangent and cotangent passes over the nodes at one point. */
class Pass {
  readonly output: Tensor;
  /** Whether weights move a node's output; nothing flows back beyond the first ones that do. */
  private readonly moves: boolean[] = [];

  constructor(
    private readonly backend: Backend,
    private readonly network: Network,
    private readonly points: readonly Point[],
  ) {
    const last = points.at(-1);
    if (!last) throw new TypeError('A network without layers has no Jacobian.');
    this.output = last.output;
    for (const { layer, inputs } of network.nodes)
      this.moves.push(layer.weights !== undefined || inputs.some((number) => this.moves[number]));
  }

  tangents(parts: readonly (Tensor | undefined)[], shape: readonly number[]): Tensor {
    return this.backend.tidy(() => {
      const tangent = this.tangentPass((node, point) => this.weightTangent(node, point, parts));
      return this.shaped(tangent, shape);
    });
  }

  cotangents(cotangent: Tensor): MaybeTensors {
    return this.backend.tidy(() => this.weightCotangents(this.cotangentPass(cotangent)));
  }

  squaredCotangents(cotangent: Tensor): MaybeTensors {
    const { nodes, layout } = this.network;
    return this.backend.tidy(() => {
      const cotangents = this.cotangentPass(cotangent);
      const parts: MaybeTensors = layout.entries.map(() => undefined);
      nodes.forEach((node, index) => {
        const own = cotangents[index];
        if (!own || sharesWeights(this.network, node)) return;
        const found = node.layer.weights?.squares?.(this.backend, this.point(index), own);
        node.entries.forEach((entry, i) => (parts[entry] = found?.[i]));
      });
      return parts;
    });
  }

  async vjp(cotangent: Tensor): Promise<Float32Array> {
    const parts = this.cotangents(cotangent);
    const vector = await download(this.backend, this.network, parts);
    this.backend.dispose(...parts.filter((part) => part !== undefined));
    return vector;
  }

  inputVjp(cotangent: Tensor, shape: readonly number[]): Tensor {
    return this.backend.tidy(() => {
      let input: Tensor | undefined;
      this.cotangentPass(cotangent, (part) => (input = this.sum(input, part)));
      if (input && this.network.vocabulary === undefined) return this.shaped(input, shape);
      throw new EngineError(
        'fip/no-input-gradient',
        'The network looks its inputs up, as numbers of tokens, so nothing can be said of small changes to them.',
        '/model',
      );
    });
  }

  kernel(uses: number, shape: readonly number[]): (cotangent: Tensor) => Tensor {
    const { nodes } = this.network;
    const shared = nodes.filter((node) => sharesWeights(this.network, node));
    const kernels = nodes.map((node, index) =>
      shared.includes(node) ? undefined : this.layerKernel(node, index, uses),
    );
    return (cotangent) =>
      this.backend.tidy(() => {
        const cotangents = this.cotangentPass(cotangent);
        const joint = this.weightCotangents(cotangents, shared);
        const tangent = this.tangentPass((node, point, index) => {
          const own = cotangents[index];
          if (!own || !node.layer.weights) return undefined;
          return kernels[index]?.(own) ?? this.weightTangent(node, point, joint);
        });
        return this.shaped(tangent, shape);
      });
  }

  private layerKernel({ layer }: Node, index: number, uses: number) {
    const [rules, point] = [layer.weights, this.point(index)];
    if (!rules) return undefined;
    if (rules.kernel) return rules.kernel(this.backend, point, uses);
    return (u: Tensor) => rules.jvp(this.backend, point, rules.vjp(this.backend, point, u));
  }

  private weightTangent(
    { layer, entries }: Node,
    point: Point,
    tangents: readonly (Tensor | undefined)[],
  ) {
    const own = entries.map((entry) => tangents[entry]);
    return layer.weights?.jvp(this.backend, point, own);
  }

  /** Carries tangents from input to output; each layer adds what its own weights contribute. */
  private tangentPass(
    contribution: (node: Node, point: Point, index: number) => Tensor | undefined,
  ): Tensor {
    const tangents: MaybeTensors = [];
    this.network.nodes.forEach((node, index) => {
      const point = this.point(index);
      const own = this.backend.tidy(() => contribution(node, point, index));
      const read = node.inputs.map((number) => tangents[number]);
      const carried = read.some((tangent) => tangent !== undefined)
        ? this.backend.tidy(() => node.layer.jvpInput(this.backend, point, read))
        : undefined;
      tangents.push(this.sum(carried, own));
    });
    const last = tangents.at(-1);
    if (!last) throw new TypeError('A network without weights has no Jacobian.');
    return last;
  }

  /**
   * Carries a cotangent from output to input; returns the cotangent of each node's output.
   * @param reachInput takes each part of the input's cotangent; without it, nothing flows beyond the first weights
   */
  cotangentPass(cotangent: Tensor, reachInput?: (part: Tensor) => void): MaybeTensors {
    const { nodes } = this.network;
    const isWanted = (number: number) => reachInput !== undefined || this.moves[number];
    const cotangents: MaybeTensors = nodes.map(() => undefined);
    cotangents[nodes.length - 1] = this.shaped(cotangent, this.output.shape);
    for (let index = nodes.length - 1; index >= 0; index--) {
      const current = cotangents[index];
      const inputs = nodes[index]?.inputs ?? [];
      if (!current || !inputs.some(isWanted)) continue;
      const back = this.backend.tidy(
        () =>
          nodes[index]?.layer.vjpInput(this.backend, this.point(index), current) as MaybeTensors,
      );
      inputs.forEach((number, i) => {
        const part = back[i];
        if (number >= 0 && isWanted(number))
          cotangents[number] = this.sum(cotangents[number], part);
        else if (part) reachInput?.(part);
      });
    }
    return cotangents;
  }

  /** Cotangents of the arrays of weights, by layout entry. */
  private weightCotangents(cotangents: MaybeTensors, nodes = this.network.nodes): MaybeTensors {
    const parts: MaybeTensors = this.network.layout.entries.map(() => undefined);
    this.network.nodes.forEach((node, index) => {
      const { layer, entries } = node;
      const own = cotangents[index];
      if (!own || !layer.weights || !nodes.includes(node)) return;
      const found = layer.weights.vjp(this.backend, this.point(index), own);
      entries.forEach((entry, i) => (parts[entry] = this.sum(parts[entry], found[i])));
    });
    return parts;
  }

  private shaped(tensor: Tensor, shape: readonly number[]): Tensor {
    return tensor.shape.join() === shape.join() ? tensor : this.backend.reshape(tensor, shape);
  }

  private sum(a: Tensor | undefined, b: Tensor | undefined): Tensor | undefined {
    return a && b ? this.backend.add(a, b) : (a ?? b);
  }

  private point(index: number): Point {
    const point = this.points[index];
    if (!point) throw new RangeError(`The network has no layer ${index}.`);
    return point;
  }
}
