import type { Cnn4Model } from '../../../spec/experiment';
import { NetworkBuilder } from '../build';
import { relu } from '../layers/activation';
import { conv2d } from '../layers/conv2d';
import { dense } from '../layers/dense';
import { maxPool } from '../layers/pool';
import { flatten } from '../layers/reshape';
import type { Network } from '../network';
import { imageInput } from './image-input';

const CONVOLUTIONS_IN_A_BLOCK = 2;

/** Two blocks of two convolutions of 3 x 3, each block followed by max pooling, and a dense head. */
export function fourConvolutions(
  { width, classes }: Cnn4Model,
  inputShape: readonly number[],
): Network {
  const net = new NetworkBuilder(imageInput(inputShape));
  let x = net.input;
  [width, 2 * width].forEach((filters, block) => {
    for (let i = 1; i <= CONVOLUTIONS_IN_A_BLOCK; i++) {
      const number = block * CONVOLUTIONS_IN_A_BLOCK + i;
      const convolution = conv2d({ filters, kernel: 3, stride: 1, padding: 1 });
      x = net.apply(`relu${number}`, relu, net.apply(`conv${number}`, convolution, x));
    }
    x = net.apply(`pool${block + 1}`, maxPool({ kernel: 2, stride: 2, padding: 0 }), x);
  });
  x = net.apply('flatten', flatten, x);
  return net.build(net.apply('fc', dense({ units: classes }), x));
}
