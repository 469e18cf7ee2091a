import type { Backend, Tensor } from '../../backends/backend';
import type { Random } from '../../random';

/** An array of weights that a layer owns. */
export interface ParameterSpec {
  /** Name within the layer, such as `weight`. */
  name: string;
  shape: readonly number[];
  /** Seeded initial values, row-major. */
  initialize(random: Random): Float32Array;
}

/** What a forward pass leaves for the tangent and cotangent passes at the same point. */
export interface Forward {
  /** [N, ...output shape] */
  output: Tensor;
  saved: readonly Tensor[];
}

/**
 * A differentiable map with weights. The linear maps below are its derivative at the point of the last forward pass:
 * forward mode (jvp) and reverse mode (vjp), split by what varies, the input or the weights.
 */
export interface Layer {
  readonly name: string;
  /** Shape of one sample. */
  readonly outputShape: readonly number[];
  readonly parameters: readonly ParameterSpec[];

  forward(backend: Backend, parameters: readonly Tensor[], input: Tensor): Forward;
  /** Tangent of the output for a tangent of the input. */
  jvpInput(
    backend: Backend,
    parameters: readonly Tensor[],
    point: Forward,
    tangent: Tensor,
  ): Tensor;
  /** Cotangent of the input for a cotangent of the output. */
  vjpInput(
    backend: Backend,
    parameters: readonly Tensor[],
    point: Forward,
    cotangent: Tensor,
  ): Tensor;

  /** The three below exist on layers that have weights. */
  readonly weights?: WeightRules;
}

/** Derivative rules for a layer's weights. */
export interface WeightRules {
  /** Tangent of the output, [N, ...], for tangents of the weights. */
  jvp(backend: Backend, point: Forward, tangents: readonly Tensor[]): Tensor;
  /** Cotangents of the weights, summed over the samples, for a cotangent of the output. */
  vjp(backend: Backend, point: Forward, cotangent: Tensor): Tensor[];
  /**
   * Prepares the product of both, u -> J_p J_p^T u in sample space, for about `uses` applications.
   * Tensors that the returned map holds on to are made now.
   */
  kernel(backend: Backend, point: Forward, uses: number): (cotangent: Tensor) => Tensor;
}
