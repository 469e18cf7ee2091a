import type { Backend, Tensor } from '../backends/backend';
import type { Forward } from '../network/layers/layer';
import { viewOf } from '../network/layout';
import { upload, type Network } from '../network/network';

/**
 * The network at one point of weight space on one batch, f(X, w + dw) ~ f(X, w) + J dw: the activations are kept, so
 * that products with the Jacobian J [N outputs, n] cost one pass each.
 */
export interface Linearisation {
  /** f(X, w), [N, outputs] */
  readonly outputs: Tensor;
  /** J v, [N, outputs], for v in weight space. */
  jvp(direction: Float32Array): Tensor;
  /** J^T u, in weight space, for u [N, outputs]. */
  vjp(cotangent: Tensor): Promise<Float32Array>;
  /** Prepares u -> J J^T u, [N, outputs], for about `uses` applications; no vector of weights is formed. */
  kernel(uses: number): (cotangent: Tensor) => Tensor;
}

/**
 * Linearises at weights w on inputs X [N, inputs]. Its tensors live in the enclosing scope.
 */
export function linearise(
  backend: Backend,
  network: Network,
  weights: Float32Array,
  inputs: Tensor,
): Linearisation {
  const parameters = upload(backend, network, weights);
  const points = forward(backend, network, parameters, inputs);
  const outputs = points.at(-1)?.output ?? inputs;
  const pass = new Pass(backend, network, parameters, points);
  return {
    outputs,
    jvp: (direction) => pass.jvp(direction),
    vjp: (cotangent) => pass.vjp(cotangent),
    kernel: (uses) => pass.kernel(uses),
  };
}

function forward(
  backend: Backend,
  network: Network,
  parameters: readonly (readonly Tensor[])[],
  inputs: Tensor,
): Forward[] {
  let value = inputs;
  return network.layers.map((layer, index) => {
    const point = layer.forward(backend, parameters[index] ?? [], value);
    value = point.output;
    return point;
  });
}

/** The tangent and cotangent passes over the layers at one point. */
class Pass {
  constructor(
    private readonly backend: Backend,
    private readonly network: Network,
    private readonly parameters: readonly (readonly Tensor[])[],
    private readonly points: readonly Forward[],
  ) {}

  jvp(direction: Float32Array): Tensor {
    return this.backend.tidy(() => {
      const tangents = upload(this.backend, this.network, direction);
      return this.tangentPass((index) => {
        const rules = this.network.layers[index]?.weights;
        return rules?.jvp(this.backend, this.point(index), tangents[index] ?? []);
      });
    });
  }

  async vjp(cotangent: Tensor): Promise<Float32Array> {
    const parts = this.backend.tidy(() =>
      this.cotangentPass(cotangent).map((layerCotangent, index) => {
        const rules = this.network.layers[index]?.weights;
        return rules && layerCotangent
          ? rules.vjp(this.backend, this.point(index), layerCotangent)
          : [];
      }),
    );
    return this.download(parts.flat());
  }

  kernel(uses: number): (cotangent: Tensor) => Tensor {
    const kernels = this.network.layers.map((layer, index) =>
      layer.weights?.kernel(this.backend, this.point(index), uses),
    );
    return (cotangent) =>
      this.backend.tidy(() => {
        const cotangents = this.cotangentPass(cotangent);
        return this.tangentPass((index) => {
          const layerCotangent = cotangents[index];
          return layerCotangent && kernels[index]?.(layerCotangent);
        });
      });
  }

  /** Carries tangents from input to output; each layer adds what its own weights contribute. */
  private tangentPass(contribution: (index: number) => Tensor | undefined): Tensor {
    let tangent: Tensor | undefined;
    this.network.layers.forEach((layer, index) => {
      const own = contribution(index);
      const carried =
        tangent &&
        layer.jvpInput(this.backend, this.layerParameters(index), this.point(index), tangent);
      tangent = carried && own ? this.backend.add(carried, own) : (carried ?? own);
    });
    if (!tangent) throw new TypeError('A network without weights has no Jacobian.');
    return tangent;
  }

  /** Carries a cotangent from output to input; returns the cotangent of each layer's output. */
  private cotangentPass(cotangent: Tensor): (Tensor | undefined)[] {
    const cotangents: (Tensor | undefined)[] = [];
    let current = cotangent;
    const first = this.network.layers.findIndex((layer) => layer.weights);
    for (let index = this.network.layers.length - 1; index >= first; index--) {
      cotangents[index] = current;
      const layer = this.network.layers[index];
      if (layer && index > first)
        current = layer.vjpInput(
          this.backend,
          this.layerParameters(index),
          this.point(index),
          current,
        );
    }
    return cotangents;
  }

  private async download(parts: readonly Tensor[]): Promise<Float32Array> {
    const vector = new Float32Array(this.network.layout.size);
    const entries = this.network.layout.entries;
    for (const [index, part] of parts.entries()) {
      const entry = entries[index];
      if (entry) viewOf(entry, vector).set(await this.backend.read(part));
    }
    this.backend.dispose(...parts);
    return vector;
  }

  private layerParameters(index: number): readonly Tensor[] {
    return this.parameters[index] ?? [];
  }

  private point(index: number): Forward {
    const point = this.points[index];
    if (!point) throw new RangeError(`The network has no layer ${index}.`);
    return point;
  }
}
