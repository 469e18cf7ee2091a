import type { Backend, Tensor } from '../../backends/backend';
import type { NamedTensor } from '../../host';

/** How a gradient and a learning rate become a change of the weights, and what is remembered for the next one. */
export interface UpdateRule {
  /**
   * Changes the weights in place.
   * @param count which update this is, from 1
   */
  apply(weights: Float32Array, gradient: Float32Array, rate: number, count: number): void;
  /** The moments, to be saved. */
  state(): NamedTensor[];
  restore(tensors: readonly NamedTensor[]): void;
}

/** The same for one array of weights on the device, in tensors of one shape. Nothing is changed in place. */
export interface DeviceRule {
  /** The names under which its moments are saved. */
  readonly moments: readonly string[];
  apply(
    backend: Backend,
    before: DeviceArray,
    gradient: Tensor,
    rate: number,
    count: number,
  ): DeviceArray;
}

/** An array of weights and its moments, in the rule's order. */
export interface DeviceArray {
  readonly weight: Tensor;
  readonly moments: readonly Tensor[];
}
