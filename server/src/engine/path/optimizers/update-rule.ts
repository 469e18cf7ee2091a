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
