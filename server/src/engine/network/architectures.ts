import type { Model } from '../../spec/experiment';
import { bertClassifier } from './architectures/bert';
import { fourConvolutions } from './architectures/cnn4';
import { ownLayers } from './architectures/layers';
import { lenet5 } from './architectures/lenet5';
import { multiLayerPerceptron } from './architectures/mlp';
import { resnet18 } from './architectures/resnet18';
import { vgg11, vgg16 } from './architectures/vgg';
import { deit, vit } from './architectures/vit';
import { ShapeError } from './layers/layer';
import type { Network } from './network';

type Architecture<Kind extends Model['architecture']> = (
  model: Extract<Model, { architecture: Kind }>,
  inputShape: readonly number[],
) => Network;

const ARCHITECTURES: { [Kind in Model['architecture']]: Architecture<Kind> } = {
  mlp: multiLayerPerceptron,
  lenet_300_100: ({ classes }, inputShape) =>
    multiLayerPerceptron({ hidden: [300, 100], activation: 'relu', classes }, inputShape),
  lenet5,
  cnn4: fourConvolutions,
  vgg11,
  vgg16,
  resnet18,
  vit,
  deit,
  bert: bertClassifier,
  layers: ownLayers,
  pretrained: unread,
};

/**
 * Builds the network that a spec describes for samples of this shape.
 * @throws ShapeError where the architecture cannot read such samples
 */
export function buildNetwork(model: Model, inputShape: readonly number[]): Network {
  const architecture = ARCHITECTURES[model.architecture] as Architecture<Model['architecture']>;
  return architecture(model, inputShape);
}

/** Whoever reads a spec puts the model in its place that the folder's `config.json` describes. */
function unread(): Network {
  throw new ShapeError('its sizes stand in a `config.json`, which was not read');
}
