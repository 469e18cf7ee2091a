import type { Backend, Tensor } from '../../backends/backend';
import type { Random } from '../../random';

/**
 * What an array of weights is for: `kernel`s multiply what flows through the network and can be made sparse, `embedding`s
 * are looked up or added, `vector`s shift and scale, and `statistic`s are measured, not learnt.
 */
export type ParameterRole = 'kernel' | 'embedding' | 'vector' | 'statistic';

/** An array of weights that a layer owns. */
export interface ParameterSpec {
  /** Name within the layer, such as `weight`. */
  name: string;
  shape: readonly number[];
  role: ParameterRole;
  /** Axis i in a file is this axis here; files hold weights as PyTorch does. The same order where left out. */
  fileOrder?: readonly number[];
  /** Seeded initial values, row-major. */
  initialize(random: Random): Float32Array;
}

/** A layer at one point: its weights, its inputs, what it made of them, and what its derivatives need besides. */
export interface Point {
  readonly parameters: readonly Tensor[];
  readonly inputs: readonly Tensor[];
  /** [N, ...output shape], a tensor of its own. */
  readonly output: Tensor;
  readonly saved: readonly Tensor[];
}

/** How a forward pass computes. */
export interface ForwardContext {
  readonly backend: Backend;
  /** Present while the network is trained: batch norm then takes the batch's statistics, and dropout drops by it. */
  readonly training?: { readonly random: Random };
}

/**
 * A differentiable map with weights. The linear maps below are its derivative at a point: forward mode (jvp) and reverse
 * mode (vjp), split by what varies, the inputs or the weights.
 */
export interface Layer {
  /** Shape of one sample. */
  readonly outputShape: readonly number[];
  readonly parameters: readonly ParameterSpec[];
  /** Multiply-adds of one sample's forward pass, those of matrix products and convolutions only. */
  readonly multiplyAdds: number;

  forward(
    context: ForwardContext,
    parameters: readonly Tensor[],
    inputs: readonly Tensor[],
  ): { output: Tensor; saved?: readonly Tensor[] };
  /** Tangent of the output for tangents of the inputs, of which one at least is there. */
  jvpInput(backend: Backend, point: Point, tangents: readonly (Tensor | undefined)[]): Tensor;
  /** Cotangents of the inputs for one of the output; undefined for an input that carries none. */
  vjpInput(backend: Backend, point: Point, cotangent: Tensor): readonly (Tensor | undefined)[];

  /** Exists on layers that have weights. */
  readonly weights?: WeightRules;
  /** Present on layers with statistics: those of the batch of a training pass, in the order of such parameters. */
  measured?(point: Point): readonly Tensor[];
}

/** Derivative rules for a layer's weights. Statistics have neither tangents nor cotangents. */
export interface WeightRules {
  /** Tangent of the output, [N, ...], for tangents of the weights, all of them but statistics. */
  jvp(backend: Backend, point: Point, tangents: readonly (Tensor | undefined)[]): Tensor;
  /** Cotangents of the weights, summed over the samples, for a cotangent of the output. */
  vjp(backend: Backend, point: Point, cotangent: Tensor): readonly (Tensor | undefined)[];
  /**
   * Prepares the product of both, u -> J_p J_p^T u in sample space, for about `uses` applications, where there is a
   * cheaper way than one after the other. Tensors that the returned map holds on to are made now.
   */
  kernel?(backend: Backend, point: Point, uses: number): (cotangent: Tensor) => Tensor;
  /**
   * The entries of J_p J_p^T for C cotangents of the output of each of N samples: [C N, ...] -> [C N, C N], row c N + i for
   * cotangent c of sample i. Exists where it takes no more than a few matrix products, and is undefined where this point is
   * not such a place.
   */
  gram?(backend: Backend, point: Point, cotangents: Tensor): Tensor | undefined;
  /**
   * The sum over samples of the squared cotangents that each sample has by itself; exists where it costs about as much as
   * `vjp`, and is undefined where this point is not such a place.
   */
  squares?(
    backend: Backend,
    point: Point,
    cotangent: Tensor,
  ): readonly (Tensor | undefined)[] | undefined;
}

/** A layer's map at one point, chosen by the shapes of its inputs. */
export type LayerFactory = (...inputShapes: readonly (readonly number[])[]) => Layer;

/** Shapes that do not fit: the second half of a sentence, such as `needs an image, not 784 numbers`. */
export class ShapeError extends Error {
  /** The number of the layer, counted from 0, where the spec lists layers. */
  layer?: number;
}
