import type { Model } from '../../spec/experiment';
import { multiLayerPerceptron } from './architectures/mlp';
import type { Network } from './network';

/**
 * Builds the network that a spec describes for samples of this shape.
 * @throws ShapeError where the architecture cannot read such samples
 */
export function buildNetwork(model: Model, inputShape: readonly number[]): Network {
  return ARCHITECTURES[model.architecture](model, inputShape);
}

const ARCHITECTURES: Record<
  Model['architecture'],
  (model: Model, inputShape: readonly number[]) => Network
> = {
  mlp: multiLayerPerceptron,
};
