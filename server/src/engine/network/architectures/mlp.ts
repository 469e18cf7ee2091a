import type { MlpModel } from '../../../spec/experiment';
import { NetworkBuilder } from '../build';
import { relu, tanh } from '../layers/activation';
import { dense } from '../layers/dense';
import { sizeOf } from '../layers/unary';
import type { Network } from '../network';

const ACTIVATIONS = {
  // He et al. (2015): a gain of sqrt(2) makes up for the half that relu removes.
  relu: { layer: relu, gain: Math.SQRT2 },
  tanh: { layer: tanh, gain: 1 },
};

/** Dense layers with a non-linearity between them; an image is read as a row of numbers. */
export function multiLayerPerceptron(
  model: Omit<MlpModel, 'architecture'>,
  inputShape: readonly number[],
): Network {
  const { layer: activation, gain } = ACTIVATIONS[model.activation];
  const net = new NetworkBuilder([sizeOf(inputShape)]);
  let x = net.input;
  model.hidden.forEach((units, index) => {
    x = net.apply(`dense${index + 1}`, dense({ units, gain }), x);
    x = net.apply(`${model.activation}${index + 1}`, activation, x);
  });
  x = net.apply(`dense${model.hidden.length + 1}`, dense({ units: model.classes }), x);
  return net.build(x);
}
