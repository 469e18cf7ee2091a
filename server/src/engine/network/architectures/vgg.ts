import type { Vgg11Model, Vgg16Model } from '../../../spec/experiment';
import { NetworkBuilder } from '../build';
import { relu } from '../layers/activation';
import { conv2d } from '../layers/conv2d';
import { dense } from '../layers/dense';
import { batchNorm } from '../layers/normalize';
import { maxPool } from '../layers/pool';
import { flatten } from '../layers/reshape';
import type { Network } from '../network';
import { imageInput } from './image-input';

const BATCH_NORM_EPSILON = 1e-5;

/** Convolutions of each block, in multiples of the width (Simonyan and Zisserman, 2015, columns A and D). */
const BLOCKS_11 = [[1], [2], [4, 4], [8, 8], [8, 8]];
const BLOCKS_16 = [
  [1, 1],
  [2, 2],
  [4, 4, 4],
  [8, 8, 8],
  [8, 8, 8],
];

export function vgg11(model: Vgg11Model, inputShape: readonly number[]): Network {
  return vgg(model, inputShape, BLOCKS_11);
}

export function vgg16(model: Vgg16Model, inputShape: readonly number[]): Network {
  return vgg(model, inputShape, BLOCKS_16);
}

/** With batch normalisation and one dense layer, as is usual for images of 32 x 32. Names as in torchvision. */
function vgg(
  { width, classes }: Vgg11Model | Vgg16Model,
  inputShape: readonly number[],
  blocks: readonly (readonly number[])[],
): Network {
  const net = new NetworkBuilder(imageInput(inputShape));
  let x = net.input;
  let index = 0;
  const name = () => `features.${index++}`;
  for (const block of blocks) {
    for (const multiple of block) {
      const filters = multiple * width;
      x = net.apply(name(), conv2d({ filters, kernel: 3, stride: 1, padding: 1 }), x);
      x = net.apply(name(), batchNorm(BATCH_NORM_EPSILON), x);
      x = net.apply(name(), relu, x);
    }
    x = net.apply(name(), maxPool({ kernel: 2, stride: 2, padding: 0 }), x);
  }
  x = net.apply('flatten', flatten, x);
  return net.build(net.apply('classifier', dense({ units: classes }), x));
}
