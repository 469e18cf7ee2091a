import type { Lenet5Model } from '../../../spec/experiment';
import { NetworkBuilder } from '../build';
import { relu } from '../layers/activation';
import { conv2d } from '../layers/conv2d';
import { dense } from '../layers/dense';
import { maxPool } from '../layers/pool';
import { flatten } from '../layers/reshape';
import type { Network } from '../network';
import { imageInput } from './image-input';

const GAIN = Math.SQRT2;
const halving = maxPool({ kernel: 2, stride: 2, padding: 0 });

/** LeNet-5 (LeCun et al., 1998) with relu and max pooling. */
export function lenet5({ classes }: Lenet5Model, inputShape: readonly number[]): Network {
  const net = new NetworkBuilder(imageInput(inputShape));
  let x = net.input;
  x = net.apply('conv1', conv2d({ filters: 6, kernel: 5, stride: 1, padding: 2 }), x);
  x = net.apply('pool1', halving, net.apply('relu1', relu, x));
  x = net.apply('conv2', conv2d({ filters: 16, kernel: 5, stride: 1, padding: 0 }), x);
  x = net.apply('pool2', halving, net.apply('relu2', relu, x));
  x = net.apply('flatten', flatten, x);
  x = net.apply('relu3', relu, net.apply('fc1', dense({ units: 120, gain: GAIN }), x));
  x = net.apply('relu4', relu, net.apply('fc2', dense({ units: 84, gain: GAIN }), x));
  return net.build(net.apply('fc3', dense({ units: classes }), x));
}
