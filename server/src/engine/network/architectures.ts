import type { MlpModel, Model } from '../../spec/experiment';
import { relu, tanh } from './layers/activation';
import { dense } from './layers/dense';
import type { Layer } from './layers/layer';
import { sequential, type Network } from './network';

const ACTIVATIONS = {
  // He et al. (2015): a gain of sqrt(2) makes up for the half that relu removes.
  relu: { layer: relu, gain: Math.SQRT2 },
  tanh: { layer: tanh, gain: 1 },
};

/** Builds the network that a spec describes for samples of `inputs` numbers. */
export function buildNetwork(model: Model, inputs: number): Network {
  return ARCHITECTURES[model.architecture](model, inputs);
}

const ARCHITECTURES: Record<Model['architecture'], (model: Model, inputs: number) => Network> = {
  mlp: multiLayerPerceptron,
};

function multiLayerPerceptron(model: MlpModel, inputs: number): Network {
  const { layer: activation, gain } = ACTIVATIONS[model.activation];
  const layers: Layer[] = [];
  let width = inputs;
  model.hidden.forEach((units, index) => {
    layers.push(dense(`dense${index + 1}`, width, units, gain));
    layers.push(activation(`${model.activation}${index + 1}`, [units]));
    width = units;
  });
  layers.push(dense(`dense${model.hidden.length + 1}`, width, model.classes, 1));
  return sequential(inputs, layers);
}
