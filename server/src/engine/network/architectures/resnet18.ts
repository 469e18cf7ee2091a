import type { Resnet18Model } from '../../../spec/experiment';
import { NetworkBuilder, type Value } from '../build';
import { relu } from '../layers/activation';
import { add } from '../layers/add';
import { conv2d } from '../layers/conv2d';
import { dense } from '../layers/dense';
import { batchNorm } from '../layers/normalize';
import { globalAveragePool } from '../layers/pool';
import type { Network } from '../network';
import { imageInput } from './image-input';

const BATCH_NORM_EPSILON = 1e-5;
const BLOCKS_IN_A_STAGE = 2;

/** ResNet-18 (He et al., 2016) for small images: no pooling at the start. Names as in torchvision. */
export function resnet18(
  { width, classes }: Resnet18Model,
  inputShape: readonly number[],
): Network {
  const net = new NetworkBuilder(imageInput(inputShape));
  let x = convolution(net, 'conv1', 'bn1', net.input, { filters: width, kernel: 3, stride: 1 });
  x = net.apply('relu', relu, x);
  [1, 2, 4, 8].forEach((multiple, stage) => {
    for (let block = 0; block < BLOCKS_IN_A_STAGE; block++) {
      const stride = stage > 0 && block === 0 ? 2 : 1;
      x = basicBlock(net, `layer${stage + 1}.${block}`, x, multiple * width, stride);
    }
  });
  x = net.apply('avgpool', globalAveragePool, x);
  return net.build(net.apply('fc', dense({ units: classes }), x));
}

/** Two convolutions and a way around them. */
function basicBlock(
  net: NetworkBuilder,
  name: string,
  input: Value,
  filters: number,
  stride: number,
): Value {
  const names = (i: number) => [`${name}.conv${i}`, `${name}.bn${i}`] as const;
  let x = convolution(net, ...names(1), input, { filters, kernel: 3, stride });
  x = net.apply(`${name}.relu1`, relu, x);
  x = convolution(net, ...names(2), x, { filters, kernel: 3, stride: 1 });
  const around =
    stride === 1 && input.shape.at(-1) === filters
      ? input
      : convolution(net, `${name}.downsample.0`, `${name}.downsample.1`, input, {
          filters,
          kernel: 1,
          stride,
        });
  return net.apply(`${name}.relu2`, relu, net.apply(`${name}.add`, add, x, around));
}

function convolution(
  net: NetworkBuilder,
  name: string,
  norm: string,
  input: Value,
  options: { filters: number; kernel: number; stride: number },
): Value {
  const padding = Math.floor(options.kernel / 2);
  const x = net.apply(name, conv2d({ ...options, padding, bias: false }), input);
  return net.apply(norm, batchNorm(BATCH_NORM_EPSILON), x);
}
