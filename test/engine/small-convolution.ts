import { buildNetwork } from '../../server/src/engine/network/architectures';

/** A smooth convolution and a dense layer on images of 5 by 5. */
export const smallConvolution = buildNetwork(
  {
    architecture: 'layers',
    layers: [
      {
        ...{ type: 'conv2d', filters: 3, kernel: 3, stride: 1, padding: 'same' },
        ...{ groups: 1, bias: true },
      },
      { type: 'tanh' },
      { type: 'flatten' },
    ],
    classes: 3,
  },
  [5, 5, 1],
);
